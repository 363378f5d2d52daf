"""What events keep about somebody."""

from events.my_data import answers, hosts, invited

__all__ = ["answers", "hosts", "invited"]
