"""What Alembic runs for every command: the migrations, on the connection that ``trainer.store.database`` gives.

Without one it prints the statements (``--sql``), for whoever brings a database up to date by hand.
"""

from alembic import context

from trainer.store import tables

connection = context.config.attributes.get("connection")
if connection is None:
    context.configure(dialect_name=context.config.get_main_option("dialect", "sqlite"), literal_binds=True)
else:
    context.configure(connection=connection, target_metadata=tables.Table.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
