# The examples of database.yaml. A line after `ruleid:` must be found by that rule, one after `ok:` must not.
from django.db.models.expressions import RawSQL
from psycopg import sql


def find(cursor, name, table):
    # ruleid: sql-built-from-text
    cursor.execute(f"SELECT id FROM people WHERE name = '{name}'")
    # ruleid: sql-built-from-text
    cursor.execute("SELECT id FROM people WHERE name = '%s'" % name)
    # ruleid: sql-built-from-text
    cursor.execute("SELECT id FROM {}".format(table))
    statement = "DELETE FROM " + table
    # ruleid: sql-built-from-text
    cursor.execute(statement)
    # ok: sql-built-from-text
    cursor.execute("SELECT id FROM people WHERE name = %s", [name])
    # ok: sql-built-from-text
    cursor.execute(sql.SQL("SELECT id FROM {}").format(sql.Identifier(table)))
    composed = sql.SQL("SELECT {} FROM t").format(sql.SQL(", ").join(map(sql.Identifier, name)))
    # ok: sql-built-from-text
    cursor.execute(composed)


def ranked(rows, words):
    # ruleid: sql-built-from-text
    rows = rows.annotate(rank=RawSQL(f"similarity(name, '{words}')", []))
    # ok: sql-built-from-text
    return rows.annotate(rank=RawSQL("similarity(name, %s)", [words]))


def listing(request, rows):
    # ruleid: lookup-from-request
    rows = rows.filter(**request.GET.dict())
    order = request.GET.get("order", "name")
    # ruleid: lookup-from-request
    rows = rows.order_by(order)
    # ok: lookup-from-request
    rows = rows.filter(name=request.GET.get("name", ""))
    # ok: lookup-from-request
    return rows.order_by("-id")


def change(request, posting, actions):
    # ruleid: columns-from-request
    actions.change(request.actor, **request.POST.dict())
    for name, value in request.POST.items():
        # ruleid: columns-from-request
        setattr(posting, name, value)
    # ok: columns-from-request
    actions.change(request.actor, title=request.POST["title"])
    form = TitleForm(request.POST)
    # ok: columns-from-request
    actions.change(request.actor, **form.cleaned_data)
