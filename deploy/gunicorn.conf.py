"""How gunicorn runs the site. Its log of requests is off; `accesslog = "-"` writes it to standard output.

Whoever switches it on finds neither personal links nor readers' addresses on the net in it.
"""

bind = "127.0.0.1:8000"
worker_class = "gthread"
workers, threads = 2, 8
logger_class = "sistercities.web_log.WithoutLinks"
access_log_format = '%(t)s "%(r)s" %(s)s %(B)s %(M)sms "%(f)s"'
