# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/api:1.0.0 .

# Python as the project pins it.
FROM python:3.11 AS build
ENV PATH=/opt/venv/bin:$PATH \
    VIRTUAL_ENV=/opt/venv \
    PIP_DISABLE_PIP_VERSION_CHECK=1
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install 'poetry>=2.1,<3'
ENV POETRY_VIRTUALENVS_CREATE=false \
    POETRY_NO_INTERACTION=1
RUN python -m venv /opt/venv
WORKDIR /app
# Dependencies first: this layer changes with the manifests only.
COPY pyproject.toml poetry.lock* poetry.toml* ./
RUN --mount=type=cache,target=/root/.cache/pypoetry \
    poetry install --only main --no-root
COPY . ./
RUN poetry install --only-root

FROM python:3.11-slim
ENV PATH=/opt/venv/bin:$PATH
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPATH=/app:/app/src
RUN groupadd --system --gid 10001 app \
 && useradd --system --no-log-init --uid 10001 --gid 10001 --home-dir /app --no-create-home app
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY --from=build --chown=10001:10001 /app ./
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import socket; socket.create_connection(('127.0.0.1', 8000), 4).close()"]
CMD ["python", "manage.py", "runserver", "0.0.0.0:8000"]
LABEL org.opencontainers.image.title="api"
