package io.tidewatch.footprint;

/** The objects of a target, with ' for a quote. Their fields are those of objects of real controllers, managed fields included. */
final class StandingTexts {

    static final String SCALED_OBJECT = """
            {'apiVersion': 'keda.sh/v1alpha1', 'kind': 'ScaledObject', 'metadata': {
              'annotations': {'tidewatch.io/applied': '$PODS..20', 'tidewatch.io/applied-at': '2026-11-23T17:15:12Z',
                'tidewatch.io/baseline': '1..20', 'tidewatch.io/commit': '3f2c1ab3f2c1ab3f2c1ab3f2c1ab3f2c1ab3f2c1',
                'tidewatch.io/instance': 'tidewatch', 'tidewatch.io/schedule': '$NAMESPACE/$NAME',
                'tidewatch.io/source': 'fleet', 'tidewatch.io/window': 'always@$WINDOW'},
              'creationTimestamp': '2026-11-23T17:15:11Z', 'finalizers': ['finalizer.keda.sh'], 'generation': 2,
              'labels': {'app.kubernetes.io/part-of': '$NAMESPACE', 'scaledobject.keda.sh/name': '$NAME'},
              'managedFields': [
                {'apiVersion': 'keda.sh/v1alpha1', 'fieldsType': 'FieldsV1', 'manager': 'argocd-controller', 'operation': 'Apply',
                 'time': '2026-11-23T17:15:11Z', 'fieldsV1': {'f:metadata': {'f:labels': {'f:app.kubernetes.io/part-of': {}}},
                  'f:spec': {'f:cooldownPeriod': {}, 'f:maxReplicaCount': {}, 'f:pollingInterval': {}, 'f:scaleTargetRef': {},
                   'f:triggers': {}}}},
                {'apiVersion': 'keda.sh/v1alpha1', 'fieldsType': 'FieldsV1', 'manager': 'tidewatch', 'operation': 'Apply',
                 'time': '2026-11-23T17:15:12Z', 'fieldsV1': {'f:metadata': {'f:annotations': {'f:tidewatch.io/applied': {},
                  'f:tidewatch.io/applied-at': {}, 'f:tidewatch.io/baseline': {}, 'f:tidewatch.io/commit': {},
                  'f:tidewatch.io/instance': {}, 'f:tidewatch.io/schedule': {}, 'f:tidewatch.io/source': {},
                  'f:tidewatch.io/window': {}}}, 'f:spec': {'f:minReplicaCount': {}}}},
                {'apiVersion': 'keda.sh/v1alpha1', 'fieldsType': 'FieldsV1', 'manager': 'keda', 'operation': 'Update',
                 'time': '2026-11-23T17:15:12Z', 'fieldsV1': {'f:metadata': {'f:finalizers': {'.': {}, 'v:\\"finalizer.keda.sh\\"': {}},
                  'f:labels': {'f:scaledobject.keda.sh/name': {}}}}},
                {'apiVersion': 'keda.sh/v1alpha1', 'fieldsType': 'FieldsV1', 'manager': 'keda', 'operation': 'Update',
                 'subresource': 'status', 'time': '2026-11-23T17:15:22Z', 'fieldsV1': {'f:status': {'.': {},
                  'f:authenticationsTypes': {}, 'f:conditions': {}, 'f:externalMetricNames': {}, 'f:hpaName': {},
                  'f:lastActiveTime': {}, 'f:originalReplicaCount': {}, 'f:scaleTargetGVKR': {'.': {}, 'f:group': {},
                   'f:kind': {}, 'f:resource': {}, 'f:version': {}}, 'f:scaleTargetKind': {}, 'f:triggersActivity': {'.': {},
                   'f:s0-metric-api-value': {'.': {}, 'f:isActive': {}}}, 'f:triggersTypes': {}}}}],
              'name': '$NAME', 'namespace': '$NAMESPACE', 'uid': '$SCALED_OBJECT_UID'},
             'spec': {'cooldownPeriod': 300, 'maxReplicaCount': 20, 'minReplicaCount': $PODS, 'pollingInterval': 15,
              'scaleTargetRef': {'apiVersion': 'argoproj.io/v1alpha1', 'kind': 'Rollout', 'name': '$NAME'},
              'triggers': [{'metadata': {'targetValue': '10', 'url': 'http://jobs.$NAMESPACE.svc/$NAME', 'valueLocation': 'value'},
               'metricType': 'AverageValue', 'type': 'metrics-api'}]},
             'status': {'authenticationsTypes': '', 'conditions': [
              {'message': 'ScaledObject is defined correctly and is ready for scaling', 'reason': 'ScaledObjectReady',
               'status': 'True', 'type': 'Ready'},
              {'message': 'Scaling is performed because triggers are active', 'reason': 'ScalerActive', 'status': 'True',
               'type': 'Active'},
              {'message': 'No fallbacks are active on this scaled object', 'reason': 'NoFallbackFound', 'status': 'False',
               'type': 'Fallback'},
              {'status': 'False', 'type': 'Paused'},
              {'message': 'HPA is actively scaling', 'reason': 'HPAActive', 'status': 'True', 'type': 'HPAActive'}],
              'externalMetricNames': ['s0-metric-api-value'], 'hpaName': 'keda-hpa-$NAME',
              'lastActiveTime': '2026-11-23T17:15:22Z', 'originalReplicaCount': $PODS,
              'scaleTargetGVKR': {'group': 'argoproj.io', 'kind': 'Rollout', 'resource': 'rollouts', 'version': 'v1alpha1'},
              'scaleTargetKind': 'argoproj.io/v1alpha1.Rollout', 'triggersActivity': {'s0-metric-api-value': {'isActive': true}},
              'triggersTypes': 'metrics-api'}}""";

    static final String HPA = """
            {'apiVersion': 'autoscaling/v2', 'kind': 'HorizontalPodAutoscaler', 'metadata': {
              'creationTimestamp': '2026-11-23T17:15:12Z', 'labels': {'app.kubernetes.io/managed-by': 'keda-operator',
               'app.kubernetes.io/name': 'keda-hpa-$NAME', 'app.kubernetes.io/part-of': '$NAME',
               'app.kubernetes.io/version': '2.20.2', 'scaledobject.keda.sh/name': '$NAME'},
              'managedFields': [
               {'apiVersion': 'autoscaling/v2', 'fieldsType': 'FieldsV1', 'manager': 'keda', 'operation': 'Update',
                'time': '2026-11-23T17:15:12Z', 'fieldsV1': {'f:metadata': {'f:labels': {'.': {}, 'f:app.kubernetes.io/managed-by': {},
                 'f:app.kubernetes.io/name': {}, 'f:app.kubernetes.io/part-of': {}, 'f:app.kubernetes.io/version': {},
                 'f:scaledobject.keda.sh/name': {}}, 'f:ownerReferences': {'.': {}, 'k:{\\"uid\\":\\"$SCALED_OBJECT_UID\\"}': {}}},
                 'f:spec': {'f:maxReplicas': {}, 'f:metrics': {}, 'f:minReplicas': {}, 'f:scaleTargetRef': {}}}},
               {'apiVersion': 'autoscaling/v2', 'fieldsType': 'FieldsV1', 'manager': 'kube-controller-manager',
                'operation': 'Update', 'subresource': 'status', 'time': '2026-11-23T17:15:20Z', 'fieldsV1': {'f:status': {
                 'f:conditions': {'.': {}, 'k:{\\"type\\":\\"AbleToScale\\"}': {'.': {}, 'f:lastTransitionTime': {}, 'f:message': {},
                  'f:reason': {}, 'f:status': {}, 'f:type': {}}}, 'f:currentMetrics': {}, 'f:currentReplicas': {},
                 'f:desiredReplicas': {}, 'f:lastScaleTime': {}}}}],
              'name': 'keda-hpa-$NAME', 'namespace': '$NAMESPACE', 'ownerReferences': [{'apiVersion': 'keda.sh/v1alpha1',
               'blockOwnerDeletion': true, 'controller': true, 'kind': 'ScaledObject', 'name': '$NAME',
               'uid': '$SCALED_OBJECT_UID'}], 'uid': '$HPA_UID'},
             'spec': {'maxReplicas': 20, 'metrics': [{'external': {'metric': {'name': 's0-metric-api-value', 'selector': {
              'matchLabels': {'scaledobject.keda.sh/name': '$NAME'}}}, 'target': {'averageValue': '10', 'type': 'AverageValue'}},
              'type': 'External'}], 'minReplicas': $PODS,
              'scaleTargetRef': {'apiVersion': 'argoproj.io/v1alpha1', 'kind': 'Rollout', 'name': '$NAME'}},
             'status': {'conditions': [
              {'lastTransitionTime': '2026-11-23T17:15:14Z', 'message': 'recent recommendations were higher than current one, \
            applying the highest recent recommendation', 'reason': 'ScaleDownStabilized', 'status': 'True', 'type': 'AbleToScale'},
              {'lastTransitionTime': '2026-11-23T17:15:14Z', 'message': 'the HPA was able to successfully calculate a replica count \
            from external metric s0-metric-api-value(&LabelSelector{MatchLabels:map[string]string{scaledobject.keda.sh/name: $NAME,},\
            MatchExpressions:[]LabelSelectorRequirement{},})', 'reason': 'ValidMetricFound', 'status': 'True', 'type': 'ScalingActive'},
              {'lastTransitionTime': '2026-11-23T17:15:20Z', 'message': 'the desired replica count is less than the minimum replica \
            count', 'reason': 'TooFewReplicas', 'status': 'True', 'type': 'ScalingLimited'}],
              'currentMetrics': [{'external': {'current': {'averageValue': '4286m'}, 'metric': {'name': 's0-metric-api-value',
               'selector': {'matchLabels': {'scaledobject.keda.sh/name': '$NAME'}}}}, 'type': 'External'}],
              'currentReplicas': $PODS, 'desiredReplicas': $PODS, 'lastScaleTime': '2026-11-23T17:15:18Z'}}""";

    private static final String CONTAINERS = """
            [{'env': [{'name': 'JAVA_OPTS', 'value': '-Xmx512m'}, {'name': 'PROFILE', 'value': 'production'}],
               'image': 'registry.example.com/$NAMESPACE/$NAME:1.42.0', 'imagePullPolicy': 'IfNotPresent', 'name': 'app',
               'ports': [{'containerPort': 8080, 'name': 'http', 'protocol': 'TCP'}],
               'readinessProbe': {'httpGet': {'path': '/ready', 'port': 'http'}, 'periodSeconds': 5},
               'resources': {'limits': {'memory': '1Gi'}, 'requests': {'cpu': '500m', 'memory': '768Mi'}}}]""";

    static final String ROLLOUT = """
            {'apiVersion': 'argoproj.io/v1alpha1', 'kind': 'Rollout', 'metadata': {
              'annotations': {'rollout.argoproj.io/revision': '1'}, 'creationTimestamp': '2026-11-23T17:15:11Z', 'generation': 2,
              'labels': {'app': '$NAME', 'app.kubernetes.io/part-of': '$NAMESPACE'},
              'managedFields': [
               {'apiVersion': 'argoproj.io/v1alpha1', 'fieldsType': 'FieldsV1', 'manager': 'argocd-controller', 'operation': 'Apply',
                'time': '2026-11-23T17:15:11Z', 'fieldsV1': {'f:metadata': {'f:labels': {'f:app': {}, 'f:app.kubernetes.io/part-of': {}}},
                 'f:spec': {'f:progressDeadlineSeconds': {}, 'f:revisionHistoryLimit': {}, 'f:selector': {}, 'f:strategy': {
                  'f:canary': {'f:maxSurge': {}, 'f:maxUnavailable': {}}}, 'f:template': {'f:metadata': {'f:labels': {'f:app': {},
                  'f:app.kubernetes.io/part-of': {}}}, 'f:spec': {'f:containers': {}, 'f:serviceAccountName': {},
                  'f:terminationGracePeriodSeconds': {}}}}}},
               {'apiVersion': 'argoproj.io/v1alpha1', 'fieldsType': 'FieldsV1', 'manager': 'rollouts-controller', 'operation': 'Update',
                'time': '2026-11-23T17:15:11Z', 'fieldsV1': {'f:metadata': {'f:annotations': {'.': {},
                 'f:rollout.argoproj.io/revision': {}}}}},
               {'apiVersion': 'argoproj.io/v1alpha1', 'fieldsType': 'FieldsV1', 'manager': 'kube-controller-manager',
                'operation': 'Update', 'subresource': 'scale', 'time': '2026-11-23T17:15:12Z',
                'fieldsV1': {'f:spec': {'f:replicas': {}}}},
               {'apiVersion': 'argoproj.io/v1alpha1', 'fieldsType': 'FieldsV1', 'manager': 'rollouts-controller', 'operation': 'Update',
                'subresource': 'status', 'time': '2026-11-23T17:15:18Z', 'fieldsV1': {'f:status': {'.': {}, 'f:HPAReplicas': {},
                 'f:availableReplicas': {}, 'f:blueGreen': {}, 'f:canary': {}, 'f:conditions': {}, 'f:currentPodHash': {},
                 'f:currentStepHash': {}, 'f:observedGeneration': {}, 'f:phase': {}, 'f:readyReplicas': {}, 'f:replicas': {},
                 'f:selector': {}, 'f:stableRS': {}, 'f:updatedReplicas': {}}}}],
              'name': '$NAME', 'namespace': '$NAMESPACE', 'uid': '$ROLLOUT_UID'},
             'spec': {'progressDeadlineSeconds': 600, 'replicas': $PODS, 'revisionHistoryLimit': 3,
              'selector': {'matchLabels': {'app': '$NAME'}}, 'strategy': {'canary': {'maxSurge': '25%', 'maxUnavailable': 0}},
              'template': {'metadata': {'labels': {'app': '$NAME', 'app.kubernetes.io/part-of': '$NAMESPACE'}},
               'spec': {'containers': $CONTAINERS, 'serviceAccountName': '$NAME', 'terminationGracePeriodSeconds': 30}}},
             'status': {'HPAReplicas': $PODS, 'availableReplicas': $PODS, 'blueGreen': {}, 'canary': {}, 'conditions': [
              {'lastTransitionTime': '2026-11-23T17:15:12Z', 'lastUpdateTime': '2026-11-23T17:15:12Z', 'message': 'RolloutCompleted',
               'reason': 'RolloutCompleted', 'status': 'True', 'type': 'Completed'},
              {'lastTransitionTime': '2026-11-23T17:15:18Z', 'lastUpdateTime': '2026-11-23T17:15:18Z', 'message': 'Rollout is healthy',
               'reason': 'RolloutHealthy', 'status': 'True', 'type': 'Healthy'},
              {'lastTransitionTime': '2026-11-23T17:15:11Z', 'lastUpdateTime': '2026-11-23T17:15:18Z',
               'message': 'ReplicaSet \\"$NAME-$HASH\\" has successfully progressed.', 'reason': 'NewReplicaSetAvailable',
               'status': 'True', 'type': 'Progressing'},
              {'lastTransitionTime': '2026-11-23T17:15:18Z', 'lastUpdateTime': '2026-11-23T17:15:18Z',
               'message': 'Rollout has minimum availability', 'reason': 'AvailableReason', 'status': 'True', 'type': 'Available'}],
              'currentPodHash': '$HASH', 'currentStepHash': '5ffbfbbd64', 'observedGeneration': '2', 'phase': 'Healthy',
              'readyReplicas': $PODS, 'replicas': $PODS, 'selector': 'app=$NAME', 'stableRS': '$HASH',
              'updatedReplicas': $PODS}}""".replace("$CONTAINERS", CONTAINERS);

    static final String REPLICA_SET = """
            {'apiVersion': 'apps/v1', 'kind': 'ReplicaSet', 'metadata': {
              'annotations': {'rollout.argoproj.io/desired-replicas': '$PODS', 'rollout.argoproj.io/revision': '1'},
              'creationTimestamp': '2026-11-23T17:15:11Z', 'generation': 3, 'labels': {'app': '$NAME',
               'app.kubernetes.io/part-of': '$NAMESPACE', 'rollouts-pod-template-hash': '$HASH'},
              'managedFields': [
               {'apiVersion': 'apps/v1', 'fieldsType': 'FieldsV1', 'manager': 'rollouts-controller', 'operation': 'Update',
                'time': '2026-11-23T17:15:11Z', 'fieldsV1': {'f:metadata': {'f:annotations': {'.': {},
                 'f:rollout.argoproj.io/desired-replicas': {}, 'f:rollout.argoproj.io/revision': {}}, 'f:labels': {'.': {},
                 'f:app': {}, 'f:rollouts-pod-template-hash': {}}, 'f:ownerReferences': {}}, 'f:spec': {'f:replicas': {},
                 'f:selector': {}, 'f:template': {'f:metadata': {}, 'f:spec': {}}}}},
               {'apiVersion': 'apps/v1', 'fieldsType': 'FieldsV1', 'manager': 'kube-controller-manager', 'operation': 'Update',
                'subresource': 'status', 'time': '2026-11-23T17:15:18Z', 'fieldsV1': {'f:status': {'f:availableReplicas': {},
                 'f:fullyLabeledReplicas': {}, 'f:observedGeneration': {}, 'f:readyReplicas': {}, 'f:replicas': {}}}}],
              'name': '$NAME-$HASH', 'namespace': '$NAMESPACE', 'ownerReferences': [{'apiVersion': 'argoproj.io/v1alpha1',
               'blockOwnerDeletion': true, 'controller': true, 'kind': 'Rollout', 'name': '$NAME', 'uid': '$ROLLOUT_UID'}],
              'uid': '$REPLICA_SET_UID'},
             'spec': {'replicas': $PODS, 'selector': {'matchLabels': {'app': '$NAME', 'rollouts-pod-template-hash': '$HASH'}},
              'template': {'metadata': {'labels': {'app': '$NAME', 'app.kubernetes.io/part-of': '$NAMESPACE',
               'rollouts-pod-template-hash': '$HASH'}}, 'spec': {'containers': $CONTAINERS, 'dnsPolicy': 'ClusterFirst',
               'restartPolicy': 'Always', 'schedulerName': 'default-scheduler', 'securityContext': {},
               'serviceAccountName': '$NAME', 'terminationGracePeriodSeconds': 30}}},
             'status': {'availableReplicas': $PODS, 'fullyLabeledReplicas': $PODS, 'observedGeneration': 3, 'readyReplicas': $PODS,
              'replicas': $PODS, 'terminatingReplicas': 0}}""".replace("$CONTAINERS", CONTAINERS);

    static final String POD = """
            {'apiVersion': 'v1', 'kind': 'Pod', 'metadata': {'creationTimestamp': '2026-11-23T17:15:12Z',
              'generateName': '$NAME-$HASH-', 'generation': 1, 'labels': {'app': '$NAME',
               'app.kubernetes.io/part-of': '$NAMESPACE', 'rollouts-pod-template-hash': '$HASH'},
              'managedFields': [
               {'apiVersion': 'v1', 'fieldsType': 'FieldsV1', 'manager': 'rollouts-controller', 'operation': 'Update',
                'time': '2026-11-23T17:15:12Z', 'fieldsV1': {'f:metadata': {'f:generateName': {}, 'f:labels': {'.': {}, 'f:app': {},
                 'f:app.kubernetes.io/part-of': {}, 'f:rollouts-pod-template-hash': {}}, 'f:ownerReferences': {'.': {},
                 'k:{\\"uid\\":\\"$REPLICA_SET_UID\\"}': {}}}, 'f:spec': {'f:containers': {'k:{\\"name\\":\\"app\\"}': {'.': {},
                 'f:env': {}, 'f:image': {}, 'f:imagePullPolicy': {}, 'f:name': {}, 'f:ports': {}, 'f:readinessProbe': {},
                 'f:resources': {}}}, 'f:dnsPolicy': {}, 'f:restartPolicy': {}, 'f:schedulerName': {}, 'f:securityContext': {},
                 'f:serviceAccount': {}, 'f:serviceAccountName': {}, 'f:terminationGracePeriodSeconds': {}}}},
               {'apiVersion': 'v1', 'fieldsType': 'FieldsV1', 'manager': 'kubelet', 'operation': 'Update', 'subresource': 'status',
                'time': '2026-11-23T17:15:18Z', 'fieldsV1': {'f:status': {'f:conditions': {
                 'k:{\\"type\\":\\"ContainersReady\\"}': {'.': {}, 'f:lastProbeTime': {}, 'f:lastTransitionTime': {}, 'f:status': {},
                  'f:type': {}}, 'k:{\\"type\\":\\"Ready\\"}': {'.': {}, 'f:lastProbeTime': {}, 'f:lastTransitionTime': {},
                  'f:status': {}, 'f:type': {}}}, 'f:containerStatuses': {}, 'f:hostIP': {}, 'f:phase': {}, 'f:podIP': {},
                  'f:podIPs': {}, 'f:startTime': {}}}}],
              'name': '$POD', 'namespace': '$NAMESPACE', 'ownerReferences': [{'apiVersion': 'apps/v1', 'blockOwnerDeletion': true,
               'controller': true, 'kind': 'ReplicaSet', 'name': '$NAME-$HASH', 'uid': '$REPLICA_SET_UID'}], 'uid': '$POD_UID'},
             'spec': {'containers': $CONTAINERS, 'dnsPolicy': 'ClusterFirst', 'enableServiceLinks': true, 'nodeName': '$NODE',
              'preemptionPolicy': 'PreemptLowerPriority', 'priority': 0, 'restartPolicy': 'Always',
              'schedulerName': 'default-scheduler', 'securityContext': {}, 'serviceAccount': '$NAME', 'serviceAccountName': '$NAME',
              'terminationGracePeriodSeconds': 30, 'tolerations': [
               {'effect': 'NoExecute', 'key': 'node.kubernetes.io/not-ready', 'operator': 'Exists', 'tolerationSeconds': 300},
               {'effect': 'NoExecute', 'key': 'node.kubernetes.io/unreachable', 'operator': 'Exists', 'tolerationSeconds': 300}],
              'volumes': [{'name': 'kube-api-access-s8cr6', 'projected': {'defaultMode': 420, 'sources': [
               {'serviceAccountToken': {'expirationSeconds': 3607, 'path': 'token'}},
               {'configMap': {'items': [{'key': 'ca.crt', 'path': 'ca.crt'}], 'name': 'kube-root-ca.crt'}}]}}]},
             'status': {'conditions': [
              {'lastProbeTime': null, 'lastTransitionTime': '2026-11-23T17:15:13Z', 'status': 'True',
               'type': 'PodReadyToStartContainers'},
              {'lastProbeTime': null, 'lastTransitionTime': '2026-11-23T17:15:12Z', 'status': 'True', 'type': 'Initialized'},
              {'lastProbeTime': null, 'lastTransitionTime': '2026-11-23T17:15:18Z', 'status': 'True', 'type': 'Ready'},
              {'lastProbeTime': null, 'lastTransitionTime': '2026-11-23T17:15:18Z', 'status': 'True', 'type': 'ContainersReady'},
              {'lastProbeTime': null, 'lastTransitionTime': '2026-11-23T17:15:12Z', 'status': 'True', 'type': 'PodScheduled'}],
              'containerStatuses': [{'containerID': 'containerd://$POD_UID', 'image': 'registry.example.com/$NAMESPACE/$NAME:1.42.0',
               'imageID': 'registry.example.com/$NAMESPACE/$NAME@sha256:9c2e5a7a2f0e4e4b8f0a9c2e5a7a2f0e4e4b8f0a9c2e5a7a2f0e4e4b8f0a1234',
               'lastState': {}, 'name': 'app', 'ready': true, 'restartCount': 0, 'started': true,
               'state': {'running': {'startedAt': '2026-11-23T17:15:13Z'}}}],
              'hostIP': '10.0.0.9', 'phase': 'Running', 'podIP': '$IP', 'podIPs': [{'ip': '$IP'}], 'qosClass': 'Burstable',
              'startTime': '2026-11-23T17:15:12Z'}}""".replace("$CONTAINERS", CONTAINERS);

    static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: $NAME, namespace: $NAMESPACE}
            spec:
              scaledObjectRef: {name: $NAME}
              baseline: {minReplicas: 1}
              timeZone: UTC
              windows:
                - {name: always, start: '0 0 * * *', duration: 24h, minReplicas: $PODS}
            """;

    static final String MANIFESTS = """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: $NAME, namespace: $NAMESPACE, labels: {app.kubernetes.io/part-of: $NAMESPACE}}
            spec:
              scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: $NAME}
              minReplicaCount: 1
              maxReplicaCount: 20
              cooldownPeriod: 300
              pollingInterval: 15
              triggers:
                - type: metrics-api
                  metricType: AverageValue
                  metadata: {targetValue: '10', url: 'http://jobs.$NAMESPACE.svc/$NAME', valueLocation: value}
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: $NAME, namespace: $NAMESPACE, labels: {app: $NAME, app.kubernetes.io/part-of: $NAMESPACE}}
            spec:
              progressDeadlineSeconds: 600
              revisionHistoryLimit: 3
              selector: {matchLabels: {app: $NAME}}
              strategy:
                canary: {maxSurge: 25%, maxUnavailable: 0}
              template:
                metadata: {labels: {app: $NAME, app.kubernetes.io/part-of: $NAMESPACE}}
                spec:
                  serviceAccountName: $NAME
                  terminationGracePeriodSeconds: 30
                  containers: $CONTAINERS
            """.replace("$CONTAINERS", CONTAINERS);

    private StandingTexts() {}
}
