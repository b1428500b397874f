"""Addresses of command."""

from django.urls import path

from wangge.web.command import board, checkpoint, checkpoints, doors, log, opening, people, post, posts, responses

urlpatterns = [
    path("board/", board.board, name="board"),
    path("board/<uuid:uuid>/", board.board_place, name="board-place"),
    path("board/<uuid:uuid>/figures", board.figures, name="board-figures"),
    path("board/<uuid:uuid>/not-reached/", doors.not_reached, name="not-reached"),
    path("posts/", posts.posts, name="posts"),
    path("posts/<uuid:uuid>/", post.post, name="post"),
    path("posts/<uuid:uuid>/offer", post.offer, name="post-offer"),
    path("posts/<uuid:uuid>/end/<uuid:holding>", post.end, name="post-end"),
    path("posts/<uuid:uuid>/invite", people.invite, name="post-invite"),
    path("posts/<uuid:uuid>/invitation/<uuid:holding>", people.invitation, name="post-invitation"),
    path("posts/<uuid:uuid>/office", people.office, name="post-office"),
    path("staff/<uuid:uuid>/", people.person, name="staff"),
    path("staff/<uuid:uuid>/enrol", people.enrol_phone, name="staff-enrol"),
    path("staff/<uuid:uuid>/phones/<uuid:enrolment>/end", people.end_phone, name="staff-end-phone"),
    path("staff/<uuid:uuid>/let-in", people.let_in, name="staff-let-in"),
    path("responses/", responses.responses, name="responses"),
    path("responses/open", opening.open_one, name="response-open"),
    path("responses/<uuid:uuid>/", responses.response, name="response"),
    path("responses/<uuid:uuid>/switch", responses.switch, name="response-switch"),
    path("responses/<uuid:uuid>/close", responses.close, name="response-close"),
    path("checkpoints/", checkpoints.checkpoints, name="checkpoints"),
    path("checkpoints/open", checkpoints.new, name="checkpoint-new"),
    path("checkpoints/<uuid:uuid>/", checkpoint.checkpoint, name="checkpoint"),
    path("checkpoints/<uuid:uuid>/close", checkpoint.close, name="checkpoint-close"),
    path("checkpoints/<uuid:uuid>/register/", checkpoint.register, name="checkpoint-register"),
    path("checkpoints/<uuid:uuid>/emergencies/<uuid:emergency>", checkpoint.settle, name="checkpoint-settle"),
    path("log/", log.log, name="log"),
    path("log/looks/", log.looks, name="log-looks"),
    path("log/runs/", log.runs, name="log-runs"),
]
