const dockerfile = `FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev
COPY . .

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build --chown=node:node /app ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s CMD ["node", "-e", "fetch('http://127.0.0.1:3000/').catch(() => process.exit(1))"]
CMD ["node", "server.js"]
`;

const dockerignore = `.git
.env
node_modules
*.log
`;

const compose = `services:
  app:
    build: .
    init: true
    read_only: true
    ports:
      - "127.0.0.1:3000:3000"
    cap_drop:
      - ALL
    security_opt:
      - no-new-privileges:true
    restart: unless-stopped
`;

const kubernetes = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app.kubernetes.io/name: ${name}
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
    spec:
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: ${name}
          image: ${name}:1.0.0
          ports:
            - name: http
              containerPort: 3000
          readinessProbe:
            httpGet:
              path: /
              port: http
          livenessProbe:
            httpGet:
              path: /
              port: http
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            limits:
              memory: 256Mi
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop:
                - ALL
`;

/** A name that Kubernetes allows, from a path. */
function nameOf(path: string): string {
  const words =
    path
      .toLowerCase()
      .replace(/\.ya?ml$/, '')
      .match(/[a-z0-9]+/g) ?? [];
  return (
    words
      .join('-')
      .slice(-50)
      .replace(/^[^a-z]+/, '') || 'app'
  );
}

/** What a good model could write for a path: told by the file's name. */
export function validFile(path: string): string {
  const name = path.split('/').at(-1)?.toLowerCase() ?? '';
  if (name.endsWith('.dockerignore')) return dockerignore;
  if (name.startsWith('.env')) return 'PORT=3000\n';
  if (/^(?:docker-)?compose[\w.-]*\.ya?ml$/.test(name)) return compose;
  if (/\.ya?ml$/.test(name)) return kubernetes(nameOf(path));
  return dockerfile;
}
