/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.engine.PortMapping;
import dev.berth.api.share.ShareSpec;
import dev.berth.sessions.SessionManager.StageTime;
import dev.berth.sessions.internal.SessionRecord.Launch;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * {@link SessionRecord} as JSON. Streamed, because every command reads records and data binding costs each of them a tenth
 * of a second.
 */
final class RecordJson {

    private static final int SCHEMA = 1;
    private static final JsonFactory JSON = new JsonFactory();

    private RecordJson() {}

    static String write(SessionRecord record) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeNumberProperty("schema", SCHEMA);
            json.writeStringProperty("id", record.id());
            json.writeStringProperty("name", record.name());
            json.writeStringProperty("recipe", record.recipe());
            json.writeStringProperty("engine", record.engine());
            json.writeStringProperty("image", record.image());
            json.writeStringProperty("created", record.created().toString());
            json.writeBooleanProperty("ephemeral", record.ephemeral());
            json.writeStringProperty("user", record.user());
            json.writeStringProperty("display", record.display());
            json.writeStringProperty("sound", record.sound());
            json.writeStringProperty("phase", record.phase().name());
            json.writeStringProperty("failure", record.failure());
            json.writeArrayPropertyStart("shares");
            for (ShareSpec share : record.shares()) {
                json.writeStartObject();
                json.writeStringProperty("host", share.hostFolder().toString());
                json.writeStringProperty("guest", share.guestPath());
                json.writeBooleanProperty("readOnly", share.readOnly());
                json.writeEndObject();
            }
            json.writeEndArray();
            writeLaunch(json, record.launch());
            json.writeArrayPropertyStart("timings");
            for (StageTime time : record.timings()) {
                json.writeStartObject();
                json.writeStringProperty("name", time.name());
                json.writeNumberProperty("ms", time.took().toMillis());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    private static void writeLaunch(JsonGenerator json, Launch launch) {
        json.writeObjectPropertyStart("launch");
        json.writeNumberProperty("width", launch.width());
        json.writeNumberProperty("height", launch.height());
        json.writeNumberProperty("memory", launch.memoryBytes());
        json.writeNumberProperty("milliCpus", Math.round(launch.cpus() * 1000));
        json.writeStringProperty("network", launch.network().kind().name());
        json.writeStringProperty("networkName", launch.network().name());
        json.writeArrayPropertyStart("ports");
        for (PortMapping port : launch.ports()) {
            json.writeStartObject();
            json.writeNumberProperty("host", port.hostPort());
            json.writeNumberProperty("guest", port.guestPort());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** @throws IllegalArgumentException if the text is not a record of this schema */
    static SessionRecord read(String text) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            json.nextToken();
            if (!(value(json) instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException("not an object");
            }
            if (!Long.valueOf(SCHEMA).equals(map.get("schema"))) {
                throw new IllegalArgumentException("schema " + map.get("schema") + ", not " + SCHEMA);
            }
            return record(map);
        } catch (JacksonException | DateTimeParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static SessionRecord record(Map<?, ?> map) {
        List<ShareSpec> shares = new ArrayList<>();
        for (Map<?, ?> share : objects(map, "shares")) {
            shares.add(new ShareSpec(
                    Path.of(string(share, "host")),
                    string(share, "guest"),
                    Boolean.TRUE.equals(share.get("readOnly"))));
        }
        List<StageTime> timings = new ArrayList<>();
        for (Map<?, ?> time : objects(map, "timings")) {
            long millis = time.get("ms") instanceof Long number ? number : 0;
            timings.add(new StageTime(string(time, "name"), Duration.ofMillis(millis)));
        }
        return new SessionRecord(
                string(map, "id"),
                string(map, "name"),
                string(map, "recipe"),
                string(map, "engine"),
                string(map, "image"),
                Instant.parse(string(map, "created")),
                Boolean.TRUE.equals(map.get("ephemeral")),
                string(map, "user"),
                string(map, "display"),
                string(map, "sound"),
                shares,
                map.get("launch") instanceof Map<?, ?> launch ? launch(launch) : Launch.DEFAULT,
                SessionRecord.Phase.valueOf(string(map, "phase")),
                string(map, "failure"),
                timings);
    }

    private static Launch launch(Map<?, ?> map) {
        List<PortMapping> ports = new ArrayList<>();
        for (Map<?, ?> port : objects(map, "ports")) {
            ports.add(new PortMapping((int) number(port, "host"), (int) number(port, "guest")));
        }
        return new Launch(
                (int) number(map, "width"),
                (int) number(map, "height"),
                number(map, "memory"),
                number(map, "milliCpus") / 1000.0,
                new NetworkSpec(NetworkSpec.Kind.valueOf(string(map, "network")), string(map, "networkName")),
                ports);
    }

    private static long number(Map<?, ?> map, String key) {
        if (map.get(key) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("no number named " + key);
    }

    private static String string(Map<?, ?> map, String key) {
        if (map.get(key) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("no text named " + key);
    }

    private static List<Map<?, ?>> objects(Map<?, ?> map, String key) {
        List<Map<?, ?>> all = new ArrayList<>();
        if (map.get(key) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> object) {
                    all.add(object);
                }
            }
        }
        return all;
    }

    /** The value at the current token: a map, a list, a string, a boolean, a long, or an empty string for null. */
    private static Object value(JsonParser json) {
        JsonToken token = json.currentToken();
        if (token == null) {
            throw new IllegalArgumentException("the text ends early");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> map = new HashMap<>();
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    map.put(name, value(json));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(json));
                }
                yield list;
            }
            case VALUE_STRING -> json.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NULL -> "";
            default -> throw new IllegalArgumentException("unexpected " + token);
        };
    }
}
