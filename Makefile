# The two commands of a newcomer are `make run` and `make test`; each sets up what it needs.
# Needs make and Python 3.11 or newer. Another Python: make run PYTHON=python3.12

PYTHON ?= python3
IN_VENV = .venv/bin/python

.DEFAULT_GOAL = help
.PHONY: help run test bench soak lint format messages base dev

help: ## This list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 18

run: base ## The product with its demo city (PORT, WANGGE_DATABASE_URL; the rest in docs/operate/settings.md)
	@exec $(IN_VENV) -m wangge run

test: dev ## Everything that is checked, leg by leg; a choice: make test LEGS="ruff types sqlite"
	@exec $(IN_VENV) tools/verify.py

bench: dev ## Speed against its limits
	@exec $(IN_VENV) -m bench

soak: dev ## The product under load for a long time
	@exec $(IN_VENV) -m bench soak

lint: dev ## Ruff, types and imports alone
	@LEGS="ruff types imports" exec $(IN_VENV) tools/verify.py

format: dev ## Put the code into its form
	@$(IN_VENV) -m ruff format . && $(IN_VENV) -m ruff check --fix .

messages: dev ## Collect the words of the faces into the catalogue, then say what is not translated
	@$(IN_VENV) tools/messages.py extract && $(IN_VENV) tools/messages.py check

base:
	@$(PYTHON) tools/bootstrap.py

dev:
	@$(PYTHON) tools/bootstrap.py --dev
