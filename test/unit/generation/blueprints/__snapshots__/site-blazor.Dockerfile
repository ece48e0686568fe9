# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/spa:1.0.0 .

# .NET as the project pins it.
FROM mcr.microsoft.com/dotnet/sdk:9.0 AS build
WORKDIR /app
COPY . ./
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet publish Spa.csproj -c Release -o out

# Listens on 8080 and runs as user 101, without root.
FROM nginxinc/nginx-unprivileged:1.29-alpine
RUN printf '%s\n' 'server {' \
      '  listen 8080;' \
      '  root /usr/share/nginx/html;' \
      '  server_tokens off;' \
      '  gzip on;' \
      '  gzip_types text/css application/javascript application/json image/svg+xml;' \
      '  add_header X-Content-Type-Options nosniff always;' \
      '  location / { try_files $uri $uri/ /index.html; }' \
      '}' > /etc/nginx/conf.d/default.conf
COPY --from=build /app/out/wwwroot/ /usr/share/nginx/html/
USER 101:101
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s --retries=3 \
  CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/"]
CMD ["nginx", "-g", "daemon off;"]
LABEL org.opencontainers.image.title="spa"
