package io.tidewatch.cluster.watch;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An object as compressed JSON, which is a tenth of its maps. It is read when somebody asks for a field, and what was read is
 * forgotten again when memory is collected. Unmodifiable; any thread may use it.
 */
final class PackedObject extends AbstractMap<String, Object> {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<LinkedHashMap<String, Object>> FIELDS = new TypeReference<>() {};
    private static final Reference<Map<String, Object>> FORGOTTEN = new WeakReference<>(null);

    private final byte[] packed;
    private volatile Reference<Map<String, Object>> read = FORGOTTEN;

    private PackedObject(byte[] packed) {
        this.packed = packed;
    }

    /** @param object of maps, lists, texts, numbers and truth values, as read from JSON */
    static Map<String, Object> of(Map<String, Object> object) {
        return new PackedObject(packed(object));
    }

    private static byte[] packed(Map<String, Object> object) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            JSON.writeValue(out, object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    private Map<String, Object> fields() {
        Map<String, Object> known = read.get();
        if (known == null) {
            known = Collections.unmodifiableMap(unpacked());
            read = new WeakReference<>(known);
        }
        return known;
    }

    private Map<String, Object> unpacked() {
        Inflater inflater = new Inflater(true);
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed), inflater)) {
            return JSON.readValue(in, FIELDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            inflater.end();
        }
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return fields().entrySet();
    }

    @Override
    public @Nullable Object get(Object key) {
        return fields().get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return fields().containsKey(key);
    }

    /** An object has at least a name. */
    @Override
    public boolean isEmpty() {
        return false;
    }
}
