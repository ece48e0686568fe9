package main

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"time"
)

const due = `
SELECT id, url FROM links
WHERE checked_at IS NULL OR checked_at < now() - interval '1 minute'
ORDER BY checked_at NULLS FIRST
LIMIT 1
FOR UPDATE SKIP LOCKED`

var client = &http.Client{Timeout: 10 * time.Second}

// checkOne visits one link that is due; it reports false when there is none.
func checkOne(ctx context.Context, db *sql.DB) (bool, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer tx.Rollback()

	var id int64
	var url string
	err = tx.QueryRowContext(ctx, due).Scan(&id, &url)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx,
		"UPDATE links SET status = $1, checked_at = now() WHERE id = $2", visit(ctx, url), id)
	if err != nil {
		return false, err
	}
	return true, tx.Commit()
}

// visit gives the status code of the answer, or 0 when there was none.
func visit(ctx context.Context, url string) int {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0
	}
	response, err := client.Do(request)
	if err != nil {
		return 0
	}
	response.Body.Close()
	return response.StatusCode
}
