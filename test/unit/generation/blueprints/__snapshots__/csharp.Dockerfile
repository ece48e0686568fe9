# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/api:1.0.0 .

FROM mcr.microsoft.com/dotnet/sdk:8.0 AS manifests
WORKDIR /app
COPY . ./
RUN find . ! -type d ! -name '*.csproj' ! -name '*.fsproj' ! -name '*.sln' ! -name '*.slnx' ! -name '*.props' ! -name '*.targets' ! -name global.json ! -name packages.lock.json ! -name '[Nn]u[Gg]et.[Cc]onfig' -delete \
 && find . -type d -empty -delete

# .NET as the project pins it.
FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 \
    DOTNET_NOLOGO=1
WORKDIR /app
# Dependencies first: this layer changes with the project files only.
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet restore
COPY . ./
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet publish --configuration Release --no-restore --output /out

FROM mcr.microsoft.com/dotnet/aspnet:8.0
ENV DOTNET_EnableDiagnostics=0 \
    ASPNETCORE_URLS=http://+:5000
WORKDIR /app
COPY --from=build /out/ ./
USER 1654:1654
EXPOSE 5000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/5000 && printf 'GET /health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [[ $status == 2* ]]"]
CMD ["dotnet", "/app/Shop.Api.dll"]
LABEL org.opencontainers.image.title="api"
