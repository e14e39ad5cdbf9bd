#!/usr/bin/env bash
# Renders the manifests of this folder from the chart, for installations without Helm: deploy/render.sh [FOLDER]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
to=${1:-.}

# What only Helm needs is left out. A checksum would be wrong as soon as somebody edits the ConfigMap.
render() {
  helm template tidewatch helm/tidewatch -n tidewatch --no-hooks --kube-version 1.34.0 -f manifests.values.yaml "$@" |
    sed -e '/^# Source: /d' -e '/^      annotations:$/{N;/checksum/d}' -e '/^ *helm\.sh\/chart: /d' -e '/^ *app\.kubernetes\.io\/managed-by: /d'
}

# The documents with one of these names.
named() {
  awk -v names=" $* " '
    function flush() { if (keep) printf "---\n%s", text; text = ""; keep = 0 }
    $0 == "---" { flush(); next }
    { text = text $0 "\n" }
    /^  name: / { if (index(names, " " $2 " ")) keep = 1 }
    END { flush() }'
}

{
  cat <<'TEXT'
# Made of deploy/helm/tidewatch by deploy/render.sh. The permissions of Tidewatch; docs/rights.md says what each of them is for:
#   tidewatch              watches, sets minimums, nudges ReplicaSets, writes Events: enough for sources with apply: none
#   tidewatch-controllers  reads the versions and Leases of KEDA and Argo Rollouts, in their namespaces
#   tidewatch-leader       elects one of several replicas, in the namespace of Tidewatch itself
# Repeat the Role and the RoleBinding in each namespace that sources may manage, as here in shop. For all namespaces at once see
# rbac-cluster-wide.yaml. Sources that apply objects need rbac-apply.yaml too, and remedies that change Rollouts rbac-remedies.yaml.
# You may leave permissions out: Tidewatch reports at its start what it cannot do without them.
apiVersion: v1
kind: Namespace
metadata:
  name: tidewatch
  labels:
    app.kubernetes.io/name: tidewatch
TEXT
  render -s templates/serviceaccount.yaml
  render -s templates/rbac.yaml | named tidewatch tidewatch-controllers tidewatch-leader
} >"$to/rbac.yaml"

{
  cat <<'TEXT'
# Made of deploy/helm/tidewatch by deploy/render.sh. Apply this after rbac.yaml if Tidewatch manages every namespace: it grants the
# role for minimums cluster-wide. There is no such file for tidewatch-apply: with that, a person who commits to a source could run any
# pod in any namespace, also in kube-system.
TEXT
  render -s templates/rbac.yaml --set roles.minimums.clusterWide=true --set 'roles.minimums.namespaces=null' | named tidewatch
} >"$to/rbac-cluster-wide.yaml"

{
  cat <<'TEXT'
# Made of deploy/helm/tidewatch by deploy/render.sh. For sources with apply: all, in each of their namespaces: creates and changes
# Rollouts and ScaledObjects. A person who commits to such a source can run any pod as any service account of that namespace.
TEXT
  render -s templates/rbac.yaml | named tidewatch-apply
} >"$to/rbac-apply.yaml"

{
  cat <<'TEXT'
# Made of deploy/helm/tidewatch by deploy/render.sh. In namespaces with schedules that allow NudgeRollout, RestartRollout or
# ExtendProgressDeadline, and without rbac-apply.yaml. Whoever may use Tidewatch's service account can then run any image in a Rollout
# of that namespace; a committer cannot.
TEXT
  render -s templates/rbac.yaml | named tidewatch-remedies
} >"$to/rbac-remedies.yaml"

{
  echo "# Made of deploy/helm/tidewatch by deploy/render.sh."
  render -s templates/rbac.yaml | named tidewatch-person
} >"$to/person.yaml"

{
  cat <<'TEXT'
# Made of deploy/helm/tidewatch by deploy/render.sh. Apply this after rbac.yaml. One instance, never two at a time: Recreate. Set the
# image, the sources and the receivers first. The keys of the Secret tidewatch become files.
TEXT
  render -s templates/configmap.yaml
  render -s templates/pvc.yaml
  render -s templates/deployment.yaml
} >"$to/deployment.yaml"

{
  cat <<'TEXT'
# Made of deploy/helm/tidewatch by deploy/render.sh. Nothing has to connect to Tidewatch: it only opens connections itself. Probes of the
# kubelet come from the node and are not affected. If Prometheus reads metrics, let it in at the port management.
TEXT
  render -s templates/networkpolicy.yaml
} >"$to/network-policy.yaml"

mkdir -p "$to/helm/tidewatch/files/crds"
for crd in crds/*.yaml; do
  [ "$crd" -ef "$to/helm/tidewatch/files/$crd" ] || cp "$crd" "$to/helm/tidewatch/files/$crd"
done
