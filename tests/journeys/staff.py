"""Somebody on the staff, and how they enter the admin by the pages that everybody signs in at."""

from typing import Any

from allauth.account.models import EmailAddress

from people.models import Member

CHIEF, PASSWORD = "chief@example.org", "a password of a test"


def a_chief() -> Member:
    chief = Member.objects.create_superuser(CHIEF, PASSWORD)
    EmailAddress.objects.create(user=chief, email=CHIEF, verified=True, primary=True)
    return chief


def enter_admin(page: Any, site: str) -> None:
    page.goto(f"{site}/admin/")
    page.locator("a[href*='login/password']").click()
    page.fill("input[name=login]", CHIEF)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/admin/")
