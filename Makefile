# A short cut for those who type make; nothing needs it. `make` prints this help.
.DEFAULT_GOAL := help
TEST ?= '*IT'
MODULES_WITHOUT_TESTS := -Dtest=NoUnitTest -Dsurefire.failIfNoSpecifiedTests=false

.PHONY: help
help: ## this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: verify
verify: ## build, all tests and gates
	./logdex test

.PHONY: fast
fast: ## build and unit tests only
	mvn -B -q test

.PHONY: it
it: ## integration tests only, or one of them: make it TEST=AdviseIT
	mvn -B verify $(MODULES_WITHOUT_TESTS) -Dit.test=$(TEST) -Dit.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false

.PHONY: format
format: ## format sources and poms
	mvn -B -q spotless:apply

.PHONY: lint
lint: ## check the deployment files
	deploy/lint

.PHONY: demo
demo: ## the demo
	./logdex demo

.PHONY: up
up: ## start the compose file (needs Docker)
	docker compose --file deploy/compose/compose.yaml up --build --detach --wait

.PHONY: down
down: ## stop it; volumes stay
	docker compose --file deploy/compose/compose.yaml down
