"""What events keep about somebody."""

from events.my_data import answers, hosts, invited, team

__all__ = ["answers", "hosts", "invited", "team"]
