package io.tidewatch.definition.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerSpec;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds the table of the pod template to the model of fabric8's client. {@code -Dtidewatch.schemas.write=true} writes the
 * table anew.
 */
class PodTemplateTableTest {

    private static final Path TABLES = Path.of("src/main/resources/io/tidewatch/definition/schema");
    private static final Map<Class<?>, String> SCALARS = Map.of(
            String.class, "string",
            Integer.class, "integer/format=int32",
            Long.class, "integer",
            Boolean.class, "boolean",
            Double.class, "number",
            IntOrString.class, "int-or-string",
            Quantity.class, "quantity",
            Object.class, "any");

    @Test
    void theTableIsTheModels() throws IOException {
        isTheModels("pod-template", "PodTemplate", "template", PodTemplateSpec.class);
    }

    /** Their pod templates are compared by the table of the pod template. */
    @Test
    void theTablesOfWorkloadsAndHpasAreTheModels() throws IOException {
        isTheModels("deployment", "Deployment", "spec", DeploymentSpec.class);
        isTheModels("statefulset", "StatefulSet", "spec", StatefulSetSpec.class);
        isTheModels("hpa", "HorizontalPodAutoscaler", "spec", HorizontalPodAutoscalerSpec.class);
    }

    private static void isTheModels(String name, String kind, String root, Class<?> model) throws IOException {
        Path table = TABLES.resolve(name + ".properties");
        Map<String, String> objects = new TreeMap<>();
        add(model, root, objects);
        String text = "# Made of the model of fabric8's client by PodTemplateTableTest. Do not edit.\n"
                + "kind=" + kind + "\nversion=\n"
                + objects.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                        .collect(Collectors.joining());
        if (Boolean.getBoolean("tidewatch.schemas.write")) {
            Files.writeString(table, text);
        }

        assertThat(Files.readString(table)).isEqualTo(text);
    }

    private static void add(Class<?> type, String key, Map<String, String> objects) {
        if (objects.containsKey(key)) {
            return;
        }
        objects.put(key, "");
        Map<String, String> fields = new TreeMap<>();
        for (Field field : type.getDeclaredFields()) {
            JsonProperty property = field.getAnnotation(JsonProperty.class);
            if (property != null) {
                fields.put(property.value(), word(field.getGenericType(), objects));
            }
        }
        objects.put(
                key,
                fields.entrySet().stream()
                        .map(field -> "\\\n  " + field.getKey() + ":" + field.getValue())
                        .collect(Collectors.joining(" ")));
    }

    private static String word(Type type, Map<String, String> objects) {
        if (type instanceof ParameterizedType several) {
            List<Type> arguments = Arrays.asList(several.getActualTypeArguments());
            String sign = several.getRawType().equals(List.class) ? "[]" : "{}";
            return sign + word(arguments.get(arguments.size() - 1), objects);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.equals(PodTemplateSpec.class)) {
            return "any";
        }
        if (SCALARS.containsKey(plain)) {
            return SCALARS.get(plain);
        }
        boolean isFree =
                Arrays.stream(plain.getDeclaredFields()).noneMatch(f -> f.isAnnotationPresent(JsonProperty.class));
        if (isFree) {
            return "any";
        }
        add(plain, plain.getSimpleName(), objects);
        return "@" + plain.getSimpleName();
    }
}
