"""Addresses of the desk."""

from django.urls import path

from wangge.web.desk import duplicates, imports, intakes, orders, paper, people, requests, results

urlpatterns = [
    path("results/", results.results, name="results"),
    path("results/new", results.new, name="result-new"),
    path("results/<uuid:uuid>/", results.result, name="result"),
    path("results/<uuid:uuid>/followed", results.result_followed, name="result-followed"),
    path("results/<uuid:uuid>/withdraw", results.withdraw, name="result-withdraw"),
    path("results/files/", intakes.intakes, name="intakes"),
    path("results/files/<uuid:uuid>/", intakes.intake, name="intake"),
    path("results/files/<uuid:uuid>/progress", intakes.intake_progress, name="intake-progress"),
    path("results/files/<uuid:uuid>/rows/<int:number>/correct", intakes.correct, name="intake-correct"),
    path("results/files/<uuid:uuid>/refused", intakes.refused_file, name="intake-refused"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<uuid:uuid>/", imports.one, name="import"),
    path("imports/<uuid:uuid>/look", imports.look, name="import-look"),
    path("imports/<uuid:uuid>/progress", imports.progress, name="import-progress"),
    path("imports/<uuid:uuid>/take", imports.take, name="import-take"),
    path("imports/<uuid:uuid>/refused", imports.refused, name="import-refused"),
    path("imports/<uuid:uuid>/throw-away", imports.throw_away, name="import-throw-away"),
    path("people/", people.people, name="people"),
    path("duplicates/", duplicates.waiting, name="duplicates"),
    path("duplicates/<uuid:one>/<uuid:other>/", duplicates.pair, name="duplicate"),
    path("duplicates/<uuid:one>/<uuid:other>/decide", duplicates.decide, name="duplicate-decide"),
    path("duplicates/merges/<uuid:uuid>/undo", duplicates.undo, name="merge-undo"),
    path("people/<uuid:uuid>/", people.person, name="person"),
    path("people/<uuid:uuid>/open", people.person_open, name="person-open"),
    path("people/<uuid:uuid>/reveal", people.person_reveal, name="person-reveal"),
    path("requests/", requests.requests, name="requests"),
    path("requests/<uuid:uuid>/", requests.one, name="request"),
    path("requests/<uuid:uuid>/check", requests.check, name="request-check"),
    path("requests/<uuid:uuid>/held", requests.held_page, name="request-held"),
    path("requests/<uuid:uuid>/correct", requests.correct, name="request-correct"),
    path("requests/<uuid:uuid>/answer", requests.answer, name="request-answer"),
    path("orders/", orders.orders, name="orders"),
    path("orders/confirm", orders.confirm, name="orders-confirm"),
    path("orders/<uuid:uuid>/", paper.order, name="order"),
]
