package dev.baton.weather;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.baton.task.DataInvalid;
import dev.baton.task.Input;
import dev.baton.task.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A kind of comma-separated file (RFC 4180, UTF-8, one header line): its columns, and how a row becomes a value.
record Table<T>(List<String> columns, Function<Row, T> read, Function<T, List<?>> write) {

    /// The values of all rows.
    ///
    /// @throws DataInvalid where a row is not of this kind, naming file, line and column
    List<T> read(Input file) throws IOException {
        try (var text = file.reader();
                var rows = CsvReader.builder().skipEmptyLines(false).ofCsvRecord(text)) {
            var records = rows.iterator();
            requireHeader(file, records.hasNext() ? records.next().getFields() : List.of());
            var values = new ArrayList<T>();
            while (records.hasNext()) {
                values.add(read.apply(row(file, records.next())));
            }
            return List.copyOf(values);
        } catch (CsvParseException e) {
            throw new DataInvalid(file.uri(), "expected comma-separated values: " + e.getMessage());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    void write(Output file, List<T> values) throws IOException {
        try (var text = file.contentType("text/csv").writer();
                var rows = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            rows.writeRecord(columns);
            for (var value : values) {
                rows.writeRecord(
                        write.apply(value).stream().map(Object::toString).toList());
            }
        }
    }

    private void requireHeader(Input file, List<String> header) {
        if (!header.equals(columns)) {
            throw file.invalid(1, 1, "expected the header %s, but was %s".formatted(joined(columns), joined(header)));
        }
    }

    private Row row(Input file, CsvRecord line) {
        if (line.getFieldCount() != columns.size()) {
            throw file.invalid(
                    line.getStartingLineNumber(),
                    Math.min(line.getFieldCount(), columns.size()),
                    "expected %d fields, but found %d".formatted(columns.size(), line.getFieldCount()));
        }
        return new Row(file, line.getStartingLineNumber(), columns, line.getFields());
    }

    private static String joined(List<String> header) {
        return header.isEmpty() ? "an empty file" : "\"" + String.join(",", header) + "\"";
    }
}
