from people.models.gallery import PersonPicture
from people.models.grant import RoleGrant, RoleName
from people.models.member import Companion, Member, MemberManager, known_zone
from people.models.person import Person, PersonName

__all__ = [
    "Companion",
    "Member",
    "MemberManager",
    "Person",
    "PersonName",
    "PersonPicture",
    "RoleGrant",
    "RoleName",
    "known_zone",
]
