"""The links of link watch over HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from fastapi import FastAPI, Request
from pydantic import BaseModel, HttpUrl

from app.settings import DATABASE_URL, POOL_SIZE

SCHEMA = """
CREATE TABLE IF NOT EXISTS links (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    url text NOT NULL UNIQUE,
    status integer,
    checked_at timestamptz
)
"""


class NewLink(BaseModel):
    url: HttpUrl


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with asyncpg.create_pool(DATABASE_URL, min_size=1, max_size=POOL_SIZE) as pool:
        await pool.execute(SCHEMA)
        app.state.pool = pool
        yield


app = FastAPI(title="links", lifespan=lifespan)


@app.get("/healthz")
async def health(request: Request) -> dict[str, str]:
    await request.app.state.pool.fetchval("SELECT 1")
    return {"status": "ok"}


@app.get("/links")
async def links(request: Request) -> list[dict[str, Any]]:
    rows = await request.app.state.pool.fetch(
        "SELECT url, status, checked_at FROM links ORDER BY id DESC LIMIT 100"
    )
    return [dict(row) for row in rows]


@app.post("/links", status_code=201)
async def watch(link: NewLink, request: Request) -> dict[str, str]:
    await request.app.state.pool.execute(
        "INSERT INTO links (url) VALUES ($1) ON CONFLICT DO NOTHING", str(link.url)
    )
    return {"url": str(link.url)}


if __name__ == "__main__":
    import uvicorn

    uvicorn.run("app.main:app", host="0.0.0.0", port=8000)
