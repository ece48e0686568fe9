# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/tasks:1.0.0 .

# The project pins no Python version: 3.14 is the supported release of November 2026.
FROM python:3.14 AS build
ENV PATH=/opt/venv/bin:$PATH \
    VIRTUAL_ENV=/opt/venv \
    PIP_DISABLE_PIP_VERSION_CHECK=1
COPY --from=ghcr.io/astral-sh/uv:0.12 /uv /usr/local/bin/
ENV UV_LINK_MODE=copy \
    UV_COMPILE_BYTECODE=1 \
    UV_PROJECT_ENVIRONMENT=/opt/venv \
    UV_PYTHON_DOWNLOADS=never
RUN python -m venv /opt/venv
WORKDIR /app
# Dependencies first: this layer changes with the manifests only.
COPY pyproject.toml uv.lock* README* ./
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --frozen --no-dev --no-install-project --no-install-workspace
COPY . ./
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-dev --no-editable

FROM python:3.14-slim
ENV PATH=/opt/venv/bin:$PATH
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
RUN groupadd --system --gid 10001 app \
 && useradd --system --no-log-init --uid 10001 --gid 10001 --home-dir /app --no-create-home app
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY --from=build --chown=10001:10001 /app ./
USER 10001:10001
CMD ["celery", "-A", "tasks", "worker"]
LABEL org.opencontainers.image.title="tasks"
