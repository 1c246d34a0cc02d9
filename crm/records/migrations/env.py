"""Runs the migrations on the connection that the program hands over."""

from alembic import context

from crm.records.db import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
