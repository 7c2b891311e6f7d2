package dev.baton.lambda.internal.task;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.lambda.internal.objects.Precondition;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.objects.WriteResult;
import dev.baton.lambda.internal.state.RunState;
import dev.baton.run.ExpandedItems;
import dev.baton.run.ItemList;
import dev.baton.run.ItemManifest;
import dev.baton.run.ItemResult;
import dev.baton.run.PinnedObject;
import dev.baton.task.ExpandingTask;
import dev.baton.task.InvalidInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The begin and the end of a task that expands when it runs: the list of its items for the Map, and what the Map made
/// of them.
final class Expansions {
    private static final String JSON = "application/json";

    private final FunctionContext workplace;
    private final ResolvedTask work;

    Expansions(FunctionContext workplace, ResolvedTask work) {
        this.workplace = workplace;
        this.work = work;
    }

    /// Lists the items as the task finds them.
    ExpandedItems expand(SessionClients clients) throws Exception {
        var s3 = new S3Access(workplace.clients(), clients.credentials());
        var attempt = new TaskAttempt(workplace, work, run -> {}, clients);
        try (var run =
                new LambdaTaskRun(work, attempt.inputs(), s3, workplace.buckets(), clients, workplace.environment())) {
            try (var found = ((ExpandingTask<?>) work.task()).expand(run)) {
                return put(work.items().list(work.task(), found));
            } catch (Exception e) {
                throw workplace.refusals().explain(run.explain(e), work);
            }
        }
    }

    /// Lists nothing: nothing needs the task for these parameters.
    ExpandedItems expandToNothing() {
        return put(new ItemList(List.of()));
    }

    /// The first list of a run is its list, whoever wrote it: the Map may have begun with it.
    private ExpandedItems put(ItemList list) {
        var bucket = workplace.environment().stateBucket();
        var content = Json.bytes(list.toJson());
        while (true) {
            var result = workplace
                    .ownS3()
                    .write(bucket, work.itemsKey(), content, JSON, Map.of(), new Precondition.Absent());
            switch (result) {
                case WriteResult.Written written -> {
                    return expanded(list);
                }
                case WriteResult.Changed changed -> {
                    return expanded(list(workplace.ownS3()));
                }
                case WriteResult.Conflict conflict -> {
                    // The same again.
                }
            }
        }
    }

    private ExpandedItems expanded(ItemList list) {
        return new ExpandedItems(
                work.invocation().node(),
                work.itemsKey(),
                work.itemResults(),
                list.items().size());
    }

    private ItemList list(S3Access s3) {
        return ItemList.parse(read(s3, work.itemsKey()));
    }

    private byte[] read(S3Access s3, String key) {
        var content = s3.read(workplace.environment().stateBucket(), key, null);
        if (content == null) {
            throw new IllegalStateException(key + " is not in the state bucket, though the Map over it has run");
        }
        return content.bytes();
    }

    /// Makes the task's output of what its items made, and says for this run which versions that is.
    OutputMaker close(SessionClients clients) throws IOException {
        var s3 = new S3Access(workplace.clients(), clients.credentials());
        var list = list(s3);
        var made = new LinkedHashMap<Map<String, String>, PinnedObject>();
        results(s3, made);
        var items = new ArrayList<ItemManifest.Item>();
        for (var item : list.items()) {
            var output = made.get(item);
            if (output != null) {
                items.add(new ItemManifest.Item(item, output));
            }
        }
        var manifest = new ItemManifest(items);
        new RunState(workplace.ownS3(), workplace.environment().stateBucket())
                .put(work.itemsMade(), Json.bytes(manifest.toJson()));
        return new Closing(manifest, list.items().size());
    }

    private void results(S3Access s3, Map<Map<String, String>, PinnedObject> made) throws IOException {
        var key = work.invocation()
                .results()
                .orElseThrow(() -> new InvalidInput("the task function's event must have \"results\" to close with"));
        if (!key.startsWith(work.itemResults())) {
            throw new InvalidInput("\"results\" of the task function's event must begin with " + work.itemResults()
                    + ", but was " + key);
        }
        for (var file : succeeded(read(s3, key))) {
            lines(s3, file, made);
        }
    }

    /// The keys of the files that hold what succeeded.
    private static List<String> succeeded(byte[] manifest) {
        try {
            if (Json.parseObject(manifest).get("ResultFiles") instanceof Map<?, ?> files
                    && files.get("SUCCEEDED") instanceof List<?> succeeded) {
                return succeeded.stream()
                        .flatMap(file ->
                                file instanceof Map<?, ?> described && described.get("Key") instanceof String key
                                        ? Stream.of(key)
                                        : Stream.empty())
                        .toList();
            }
        } catch (JsonException e) {
            throw new InvalidInput("the manifest of the Map's results is not JSON: " + e.getMessage());
        }
        throw new InvalidInput("the manifest of the Map's results must have \"ResultFiles\" with \"SUCCEEDED\"");
    }

    /// One result a line: so a large file need not be in memory as a whole.
    private void lines(S3Access s3, String key, Map<Map<String, String>, PinnedObject> made) throws IOException {
        try (var reader = new BufferedReader(new InputStreamReader(
                s3.open(workplace.environment().stateBucket(), key, null), StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    var result = ItemResult.of(Json.parse(line));
                    result.result().output().ifPresent(output -> made.put(result.item(), output));
                }
            }
        } catch (JsonException e) {
            throw new InvalidInput("a result of the Map in " + key + " is not JSON: " + e.getMessage());
        }
    }

    /// @param manifest what was made
    /// @param expanded how many items there are, made or not
    private record Closing(ItemManifest manifest, int expanded) implements OutputMaker {
        @Override
        public void make(LambdaTaskRun run) throws IOException {
            run.output().contentType(JSON).bytes(Json.bytes(manifest.content()));
        }

        @Override
        public Map<String, String> configuration() {
            return Map.of("items", manifest.identity());
        }

        @Override
        public Map<String, @Nullable Object> further() {
            var items = new LinkedHashMap<String, @Nullable Object>();
            items.put("expanded", (long) expanded);
            items.put("complete", (long) manifest.items().size());
            return Map.of("items", items);
        }
    }
}
