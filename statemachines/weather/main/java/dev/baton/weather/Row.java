package dev.baton.weather;

import dev.baton.task.DataInvalid;
import dev.baton.task.Input;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// One line of a [Table]; columns are its fields, counted from 1. A field that is not what is asked for is refused with
/// its line and column.
record Row(Input file, long line, List<String> columns, List<String> fields) {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,9})?");

    /// A date as ISO 8601 has it, `2012-01-31`.
    LocalDate date(String column) {
        try {
            return LocalDate.parse(field(column));
        } catch (DateTimeException e) {
            throw invalid(column, "expected a date such as 2012-01-31 in place");
        }
    }

    /// A decimal number within bounds, both included.
    double number(String column, double least, double most) {
        var text = field(column);
        if (NUMBER.matcher(text).matches()) {
            var number = Double.parseDouble(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw invalid(column, String.format(Locale.ROOT, "expected a number from %.0f to %.0f in place", least, most));
    }

    /// An integer within bounds, both included.
    int integer(String column, int least, int most) {
        var number = number(column, least, most);
        if (number != Math.rint(number)) {
            throw invalid(column, "expected an integer in place");
        }
        return (int) number;
    }

    /// A constant by its name in lower case.
    <E extends Enum<E>> E constant(String column, Class<E> type) {
        var constants = Arrays.asList(type.getEnumConstants());
        return constants.stream()
                .filter(constant -> written(constant).equals(field(column)))
                .findFirst()
                .orElseThrow(() -> invalid(
                        column,
                        "expected one of "
                                + constants.stream().map(Row::written).toList() + " in place"));
    }

    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    DataInvalid invalid(String column, String expected) {
        return file.invalid(
                line,
                columns.indexOf(column) + 1L,
                "%s of %s, but was \"%s\"".formatted(expected, column, field(column)));
    }

    private String field(String column) {
        return fields.get(columns.indexOf(column));
    }
}
