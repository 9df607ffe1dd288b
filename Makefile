# Two commands matter: `make run` opens the explorer, `make test` runs the tests.
# Both install what Debian still lacks, and do nothing about it when all is there.

PREFIX ?= /usr/local
DESTDIR ?=
PACKAGES := libncurses-dev libopenblas-dev liblapacke-dev libarchive-dev
SWIFT ?= swift
CHECKS := --explicit-target-dependency-import-check error
RELEASE := -c release --static-swift-stdlib $(CHECKS)
ARGUMENTS ?=

.PHONY: run test fuzz cluster tables build install lint screenshots clean packages

run: build
	@.build/release/deq $(ARGUMENTS)

build: packages
	@$(SWIFT) build $(RELEASE) --product deq

test: packages
	@$(SWIFT) test --disable-xctest $(CHECKS)

# The readers of files under libFuzzer, SECONDS for each of them.
SECONDS ?= 900
fuzz: packages
	@nice -n 15 .ci/fuzz $(SECONDS)

# The recipes of Documentation/Cluster under GNU parallel and Slurm, as far as they are here.
cluster: build
	@Tests/Cluster/check

# The screens in README.md and Documentation, and the pictures of the tests: look at each before it is kept.
screenshots: packages
	@DEQ_PICTURES=write $(SWIFT) test --disable-xctest $(CHECKS) --filter 'PictureTests|ReadmeTests|ScreenshotTests'

# The trainings whose data are there (DEQ_DATA), and the table of all results in README.md.
RECIPES ?= moons spirals drawn-digits karate digits mnist-tanh mnist-normalized mnist-mondeq mnist-convolution \
  cifar-convolution cora cora-normalized citeseer citeseer-normalized
RESULTS := Documentation/training
tables: build
	@mkdir -p $(RESULTS)
	@set --; for recipe in $(RECIPES); do \
	  result=$(RESULTS)/$$recipe.json; \
	  if .build/release/deq train --recipe $$recipe --json --seconds >$$result.new; then mv $$result.new $$result; \
	  else rm -f $$result.new; echo "left out: $$recipe"; fi; \
	  [ ! -e $$result ] || set -- "$$@" $$result; \
	done; .build/release/deq tabulate "$$@" --into README.md

install: build
	install -D -m 755 .build/release/deq $(DESTDIR)$(PREFIX)/bin/deq
	install -d $(DESTDIR)$(PREFIX)/share/deq/sessions
	install -m 644 sessions/*.deq.json sessions/*.schema.json $(DESTDIR)$(PREFIX)/share/deq/sessions

lint:
	@$(SWIFT) format lint --strict --recursive Package.swift Sources Tests
	@.ci/imports

packages:
	@missing=; for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  echo "Installing with apt:$$missing"; \
	  $$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $$missing; \
	fi

clean:
	@$(SWIFT) package clean
