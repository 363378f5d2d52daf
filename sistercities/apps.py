from django.contrib.admin.apps import AdminConfig


class CurationConfig(AdminConfig):
    """The stock admin, with a site of our own in it."""

    default_site = "sistercities.curation.CuratorSite"
