# The bot in an image: one process, not root, nothing writable but /data. docs/operating.md says how to run it.
# Any image of Debian with Python 3.11 or newer and its venv will do.
ARG PYTHON_IMAGE=docker.io/library/python:3.12-slim

FROM ${PYTHON_IMAGE} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

# pip has an environment of its own, so that the one that is handed on holds just what the bot needs.
RUN python3 -m venv /pip && python3 -m venv --without-pip /opt/venv
COPY requirements/run.txt .
# Where packages come from may be told to a build as secrets, which stay out of the image.
RUN --mount=type=secret,id=pip.conf --mount=type=secret,id=certificates \
    PIP_CONFIG_FILE=/run/secrets/pip.conf \
    /pip/bin/pip --python /opt/venv/bin/python install --quiet --no-compile --only-binary :all: --require-hashes -r run.txt

COPY bot /app/bot
COPY cogs /app/cogs
COPY migrations /app/migrations
# The first process of a container gets no signal for which it has no handler, so there is one from the beginning.
# Compiled beforehand, because nothing can be written later; and for good, because nothing changes later.
RUN printf '%s\n' '#!/opt/venv/bin/python' 'import signal' 'import sys' '' \
      'signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))' '' \
      'from bot.__main__ import main' '' 'main()' > /opt/venv/bin/autodidact \
    && chmod -R u=rwX,go=rX /app /opt/venv && chmod 755 /opt/venv/bin/autodidact \
    && /opt/venv/bin/python -m compileall -q -j 0 --invalidation-mode unchecked-hash /app/bot /app/cogs /opt/venv/lib


FROM ${PYTHON_IMAGE}
LABEL org.opencontainers.image.title="Autodidact" \
      org.opencontainers.image.description="A Discord bot for people who teach themselves machine learning and want to be hired" \
      org.opencontainers.image.licenses="MIT"

# Names in any script on the pictures: fonts, and the library that puts letters of some scripts in order.
# The serif faces for Chinese, Japanese and Korean are as large as all the rest, and draw nothing here.
RUN apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
       libfribidi0 fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji >/dev/null \
    && apt-get clean \
    && rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log /usr/share/fonts/opentype/noto/NotoSerifCJK-*

# The database and its backups live in a volume that belongs to the ordinary user, and to nobody else.
RUN groupadd --gid 10001 autodidact \
    && useradd --uid 10001 --gid 10001 --no-log-init --no-create-home --home-dir /data --shell /usr/sbin/nologin autodidact \
    && install -d -o autodidact -g autodidact -m 700 /data

COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/app PYTHONSAFEPATH=1 PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    HOME=/data \
    AUTODIDACT_DATABASE=/data/autodidact.db \
    AUTODIDACT_HEALTH_PORT=8080
WORKDIR /data
VOLUME /data
USER 10001:10001

HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["autodidact", "healthy"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["autodidact"]
CMD ["run"]
