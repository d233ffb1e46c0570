FROM python:3.12-slim

# Names in any script on the pictures: fonts, and the library that puts letters of some scripts in order.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libfribidi0 fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --create-home --uid 10001 autodidact
WORKDIR /app

COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/run.txt

COPY bot bot
COPY cogs cogs
COPY migrations migrations

# The database lives in a volume that belongs to the ordinary user.
RUN mkdir /data && chown autodidact /data
ENV AUTODIDACT_DATABASE=/data/autodidact.db PYTHONUNBUFFERED=1
VOLUME /data
USER autodidact

ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
