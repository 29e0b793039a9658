"""The whole story of a site whose database is on a server: it is in nobody's way, and outlives the program."""

from pathlib import Path

from sqlalchemy import text

from tests.held import held
from tests.web.site import HOME, by_link, stranger, visitor
from tests.web.test_courses import post
from tests.web.test_pages import kept_call
from trainer.store import engines
from trainer.store.courses import Courses
from trainer.store.database import FILE, Database


def test_a_course_a_shared_call_and_what_was_said_of_it_are_there_when_the_program_is_started_again(
    tmp_path: Path, server: str
) -> None:
    jan, ewa = by_link(tmp_path, "instructor", "Jan"), by_link(tmp_path, "coach", "Ewa")
    assert post(jan, "/courses", title="Monday") == 303
    zoe, code = stranger(tmp_path), Courses(Database(tmp_path)).get(1).code
    assert code in jan.get("/courses/1/board").text
    assert post(zoe, "/join", code=code, name="Zoë") == post(zoe, "/consent", agree="yes") == 303
    about = f"/attempts/{kept_call(tmp_path, 'Zoë').attempt}"
    assert ewa.get(about).status_code == 404
    assert post(zoe, f"{about}/share", shared="yes") == 303
    assert post(ewa, f"{about}/comments", text="Here you waited.", start="0:01.5") == 303

    with engines.opened(server).connect() as other:  # the server is started again as well
        mine = "datname = current_database() AND pid <> pg_backend_pid()"
        other.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {mine}"))
    again = visitor(tmp_path)
    again.cookies.update(zoe.cookies)
    page = again.get(f"{about}/comments").text
    assert "Here you waited." in page and "Ewa (coach)" in page
    assert "Zoë" in again.get("/courses/1").text and "Ewa (coach): 20" in again.get("/sharing").text
    forgotten = again.post(f"{about}/forget", data={"sure": "yes"}, headers={"origin": HOME})
    assert forgotten.status_code == 303 and b"Here you waited" not in held(tmp_path)
    assert not (tmp_path / FILE).exists()
