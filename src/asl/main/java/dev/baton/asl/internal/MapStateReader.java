package dev.baton.asl.internal;

import dev.baton.asl.ItemBatcher;
import dev.baton.asl.ItemProcessor;
import dev.baton.asl.ItemReader;
import dev.baton.asl.MapState;
import dev.baton.asl.ProcessorConfig;
import dev.baton.asl.QueryLanguage;
import dev.baton.asl.ReaderConfig;
import dev.baton.asl.ResultWriter;
import dev.baton.asl.StateMachineType;
import dev.baton.json.Node;

/// Turns the text of Map states into what only Map states have.
record MapStateReader(ModelReader states, QueryLanguage language) {
    MapState.Builder builder(JsonFields fields) {
        var iterator = fields.has("Iterator");
        return MapState.builder(processor(fields.take(iterator ? "Iterator" : "ItemProcessor")))
                .spelledIterator(iterator)
                .itemReader(fields.nested("ItemReader", this::reader))
                .items(fields.template("Items"))
                .itemsPath(fields.text("ItemsPath"))
                .itemSelector(fields.template("ItemSelector"))
                .itemBatcher(fields.nested("ItemBatcher", this::batcher))
                .resultWriter(fields.nested("ResultWriter", this::writer))
                .maxConcurrency(fields.numeric("MaxConcurrency"))
                .toleratedFailurePercentage(fields.numeric("ToleratedFailurePercentage"))
                .toleratedFailureCount(fields.numeric("ToleratedFailureCount"))
                .label(fields.text("Label"));
    }

    private ItemProcessor processor(Node json) {
        var fields = new JsonFields(json, language);
        return new ItemProcessor(
                fields.nested("ProcessorConfig", this::config),
                fields.required("StartAt"),
                states.states(fields.take("States")),
                fields.text("Comment"),
                fields.unknown());
    }

    private ProcessorConfig config(Node json) {
        var fields = new JsonFields(json, language);
        var mode = fields.text("Mode");
        var executionType = fields.text("ExecutionType");
        return new ProcessorConfig(
                mode == null ? null : word(ProcessorConfig.Mode.class, mode),
                executionType == null ? null : word(StateMachineType.class, executionType),
                fields.unknown());
    }

    private ItemReader reader(Node json) {
        var fields = new JsonFields(json, language);
        return new ItemReader(
                fields.required("Resource"),
                fields.nested("ReaderConfig", this::readerConfig),
                fields.template("Parameters"),
                fields.template("Arguments"),
                fields.unknown());
    }

    private ReaderConfig readerConfig(Node json) {
        var fields = new JsonFields(json, language);
        var headers = fields.has("CSVHeaders") ? fields.list("CSVHeaders", JsonFields::string) : null;
        return new ReaderConfig(
                fields.text("InputType"),
                fields.text("CSVHeaderLocation"),
                fields.text("CSVDelimiter"),
                headers,
                fields.numeric("MaxItems"),
                fields.text("ItemsPointer"),
                fields.text("ManifestType"),
                fields.text("Transformation"),
                fields.unknown());
    }

    private ItemBatcher batcher(Node json) {
        var fields = new JsonFields(json, language);
        return new ItemBatcher(
                fields.numeric("MaxItemsPerBatch"),
                fields.numeric("MaxInputBytesPerBatch"),
                fields.template("BatchInput"),
                fields.unknown());
    }

    private ResultWriter writer(Node json) {
        var fields = new JsonFields(json, language);
        return new ResultWriter(
                fields.text("Resource"),
                fields.nested("WriterConfig", this::writerConfig),
                fields.template("Parameters"),
                fields.template("Arguments"),
                fields.unknown());
    }

    private ResultWriter.WriterConfig writerConfig(Node json) {
        var fields = new JsonFields(json, language);
        return new ResultWriter.WriterConfig(
                fields.text("Transformation"), fields.text("OutputType"), fields.unknown());
    }

    static <E extends Enum<E>> E word(Class<E> type, String text) {
        for (var word : type.getEnumConstants()) {
            if (word.name().equals(text)) {
                return word;
            }
        }
        throw new UnreadableException("no such word: " + text);
    }
}
