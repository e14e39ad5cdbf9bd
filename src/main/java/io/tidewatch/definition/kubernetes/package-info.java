/**
 * What kube-apiserver demands of Deployments, StatefulSets and HPAs beyond the names, types and limits of single fields: fields that
 * must fit each other. Read in the validation of Kubernetes; each check names a refusal, or a pod that can never be made.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.definition.kubernetes;
