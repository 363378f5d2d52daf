from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "sistercities.limits"
    label = "limits"
