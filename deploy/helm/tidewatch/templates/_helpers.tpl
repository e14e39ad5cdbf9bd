{{- define "tidewatch.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end }}

{{- /* At most 40 characters: the longest name that is made of it ends in "-controllers". */ -}}
{{- define "tidewatch.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{- define "tidewatch.selector" -}}
app.kubernetes.io/name: {{ include "tidewatch.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "tidewatch.labels" -}}
{{ include "tidewatch.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "tidewatch.serviceAccount" -}}
{{- default (include "tidewatch.fullname" .) .Values.serviceAccount.name -}}
{{- end }}

{{- define "tidewatch.image" -}}
{{- $repository := required "image.repository: set it to the image that your nodes can pull, for example --set image.repository=registry.example.com/tidewatch" .Values.image.repository -}}
{{- if .Values.image.digest -}}
{{ $repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ $repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end -}}
{{- end }}

{{- define "tidewatch.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "tidewatch.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "tidewatch.env" -}}
{{- if or .Values.javaOptions .Values.env }}
env:
  {{- with .Values.javaOptions }}
  - {name: JDK_JAVA_OPTIONS, value: {{ . | quote }}}
  {{- end }}
  {{- range $name, $value := .Values.env }}
  - {name: {{ $name }}, value: {{ $value | quote }}}
  {{- end }}
{{- end }}
{{- end }}

{{- /* The folders of secrets: name of the folder → name of the Secret, as JSON. */ -}}
{{- define "tidewatch.secrets" -}}
{{- $secrets := dict -}}
{{- range $name, $secret := .Values.secrets -}}
{{- if has $name (list "http" "postgresql") -}}
{{- fail (printf "secrets.%s: the chart has a folder of that name itself; choose another" $name) -}}
{{- end -}}
{{- $_ := set $secrets $name $secret.existingSecret -}}
{{- end -}}
{{- with .Values.postgresql.existingSecret -}}
{{- $_ := set $secrets "postgresql" . -}}
{{- end -}}
{{- if .Values.http.enabled -}}
{{- $_ := set $secrets "http" .Values.http.existingSecret -}}
{{- end -}}
{{- toJson $secrets -}}
{{- end }}

{{- define "tidewatch.secretMounts" -}}
{{- range $name, $secret := include "tidewatch.secrets" . | fromJson }}
- {name: secret-{{ $name }}, mountPath: /run/secrets/{{ $name }}, readOnly: true}
{{- end }}
{{- end }}

{{- /* Whole folders, so that a Secret that changes reaches the pod. */ -}}
{{- define "tidewatch.secretVolumes" -}}
{{- range $name, $secret := include "tidewatch.secrets" . | fromJson }}
- name: secret-{{ $name }}
  secret: {secretName: {{ $secret }}, defaultMode: 0440}
{{- end }}
{{- end }}

{{- /* The check of the configuration, as a container. */ -}}
{{- define "tidewatch.check" -}}
- name: check
  image: {{ include "tidewatch.image" . }}
  imagePullPolicy: {{ .Values.image.pullPolicy }}
  args: [run, --check, --config, /etc/tidewatch]
  {{- with include "tidewatch.env" . }}{{ . | trimPrefix "\n" | nindent 2 }}{{ end }}
  securityContext:
    {{- include "tidewatch.containerSecurity" . | nindent 4 }}
  resources:
    {{- toYaml .Values.resources | nindent 4 }}
  volumeMounts:
    - {name: config, mountPath: /etc/tidewatch, readOnly: true}
    {{- with include "tidewatch.secretMounts" . }}{{ . | trimPrefix "\n" | nindent 4 }}{{ end }}
    - {name: tmp, mountPath: /tmp}
{{- end }}

{{- /* The three files of run --config. */ -}}
{{- define "tidewatch.files" -}}
{{- $own := dict "tidewatch.instance" "instance" "tidewatch.state.directory" "persistence" "tidewatch.state.jdbcUrl" "postgresql" "tidewatch.state.username" "postgresql" "tidewatch.state.password" "postgresql" "tidewatch.leaderElection.enabled" "replicas" "tidewatch.leaderElection.namespace" "replicas" "tidewatch.controllers.namespaces" "roles.controllers.namespaces" "tidewatch.http.address" "http" "tidewatch.http.token" "http" "tidewatch.management.address" "management" -}}
{{- range $key, $value := .Values.config.settings -}}
{{- if hasKey $own $key -}}
{{- fail (printf "config.settings: %s is written by the chart; set %s" $key (get $own $key)) -}}
{{- end -}}
{{- end -}}
{{- $sources := required "config.sources: give the text of your sources.yaml, for example --set-file config.sources=sources.yaml" .Values.config.sources -}}
{{- $read := fromYaml $sources -}}
{{- if hasKey $read "Error" -}}
{{- fail (printf "config.sources is not YAML: %s" $read.Error) -}}
{{- end -}}
{{- $alerts := fromYaml .Values.config.alerts -}}
{{- if hasKey $alerts "Error" -}}
{{- fail (printf "config.alerts is not YAML: %s" $alerts.Error) -}}
{{- end -}}
application.properties: |
  tidewatch.instance = {{ .Values.instance }}
  tidewatch.state.directory = /var/lib/tidewatch
  {{- with .Values.postgresql }}
  {{- if .existingSecret }}
  tidewatch.state.jdbcUrl = ${file:/run/secrets/postgresql/{{ .urlKey }}}
  tidewatch.state.username = ${file:/run/secrets/postgresql/{{ .usernameKey }}}
  tidewatch.state.password = ${file:/run/secrets/postgresql/{{ .passwordKey }}}
  {{- end }}
  {{- end }}
  {{- if gt (int .Values.replicas) 1 }}
  tidewatch.leaderElection.enabled = true
  {{- end }}
  {{- with .Values.roles.controllers.namespaces }}
  tidewatch.controllers.namespaces = {{ join "," . }}
  {{- end }}
  tidewatch.management.address = {{ .Values.management.host }}:{{ .Values.management.port }}
  {{- if .Values.http.enabled }}
  tidewatch.http.address = {{ .Values.management.host }}:{{ .Values.http.port }}
  tidewatch.http.token = ${file:/run/secrets/http/{{ .Values.http.tokenKey }}}
  {{- end }}
  {{- range $key, $value := .Values.config.settings }}
  {{ $key }} = {{ $value }}
  {{- end }}
sources.yaml: |
  {{- $sources | trim | nindent 2 }}
alerts.yaml: |
  {{- default "receivers: []" (.Values.config.alerts | trim) | nindent 2 }}
{{- end }}
