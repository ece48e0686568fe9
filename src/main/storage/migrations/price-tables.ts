/** Prices of models that the user set; they win over those that come with the app. */
export const priceTables = `
  CREATE TABLE model_prices (
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    input REAL NOT NULL CHECK (input >= 0),
    output REAL NOT NULL CHECK (output >= 0),
    PRIMARY KEY (provider, model)
  ) STRICT, WITHOUT ROWID;
`;
