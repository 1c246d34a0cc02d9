"""Verbs about people who sign in; each is on the trail."""

from crm.access import Right, Role
from crm.people.users import User
from crm.records.trail_entry import Entry, What
from house.rights import needs, who
from wiring import Parts


class Peopling(Parts):
    """Lets people in, and out."""

    @needs(Right.MANAGE)
    def users(self) -> tuple[User, ...]:
        """Everybody who may sign in."""
        return self.people.users.all()

    @needs(Right.MANAGE)
    def add_user(self, name: str, role: Role, password: str) -> User:
        """Raises BadSetting for a name that is taken, or a password that is too weak."""
        user = self.people.users.add(name, role, password)
        self._note(f"{user.name} may sign in as {user.role}")
        return user

    @needs(Right.MANAGE)
    def put_role(self, name: str, role: Role) -> User:
        """Raises MissingPart, BadSetting where no administrator would be left."""
        user = self.people.users.put_role(name, role)
        self._note(f"{user.name} is {user.role} now")
        return user

    @needs(Right.MANAGE)
    def put_password(self, name: str, password: str) -> User:
        """Raises MissingPart, BadSetting."""
        user = self.people.users.put_password(name, password)
        self._note(f"{user.name} has a new password")
        return user

    @needs(Right.MANAGE)
    def remove_user(self, name: str) -> User:
        """Raises MissingPart, BadSetting for the last administrator."""
        user = self.people.users.remove(name)
        self._note(f"{user.name} may not sign in any more")
        return user

    def _note(self, told: str) -> None:
        self.chain.put(Entry(who(self), What.PEOPLE, after=told))
