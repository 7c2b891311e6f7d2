package dev.baton.task.parameter;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The parts of the calendar: years 0000 to 9999, their months, their days; each is contained in the one before.
public enum CalendarType implements ParameterType {
    /// [Year], printed `2012`.
    YEAR(Year.class, 4, "a year of four digits such as 2012"),
    /// [YearMonth], printed `2012-07`.
    MONTH(YearMonth.class, 7, "a month such as 2012-07"),
    /// [LocalDate], printed `2012-07-31`.
    DAY(LocalDate.class, 10, "a day such as 2012-07-31");

    /// An ordinary day; a leap day and the days around it; ends of months of every length and of years.
    private static final List<LocalDate> DAYS = List.of(
            LocalDate.of(2013, 7, 17),
            LocalDate.of(2012, 2, 29),
            LocalDate.of(2013, 2, 28),
            LocalDate.of(2013, 3, 1),
            LocalDate.of(2014, 12, 31),
            LocalDate.of(2015, 1, 1),
            LocalDate.of(2015, 4, 30),
            LocalDate.of(2016, 5, 31));

    private final Class<?> javaType;
    private final int digits;
    private final String expected;

    CalendarType(Class<?> javaType, int width, String expected) {
        this.javaType = javaType;
        this.digits = width;
        this.expected = expected;
    }

    /// The calendar type of a Java class, if it is one.
    public static Optional<CalendarType> of(Class<?> javaType) {
        for (var type : values()) {
            if (type.javaType == javaType) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    @Override
    public Class<?> javaType() {
        return javaType;
    }

    @Override
    public Optional<Object> read(String text) {
        if (text.length() != digits) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    switch (this) {
                        case YEAR -> Year.parse(text);
                        case MONTH -> YearMonth.parse(text);
                        case DAY -> LocalDate.parse(text);
                    });
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> printed(Object value) {
        var year = switch (this) {
            case YEAR -> ((Year) value).getValue();
            case MONTH -> ((YearMonth) value).getYear();
            case DAY -> ((LocalDate) value).getYear();
        };
        if (year < 0 || year > 9999) {
            return Optional.empty();
        }
        // Not by a formatter: for one number it loads all that Java knows of locales.
        return Optional.of(this == YEAR ? "0000".substring(Integer.toString(year).length()) + year : value.toString());
    }

    @Override
    public String expected() {
        return expected;
    }

    @Override
    public CharacterSet characters() {
        return this == YEAR ? CharacterSet.DIGITS : CharacterSet.DIGITS.or(CharacterSet.of("-"));
    }

    @Override
    public Optional<Integer> width() {
        return Optional.of(digits);
    }

    @Override
    public List<Object> samples() {
        var samples = new ArrayList<Object>();
        for (var day : DAYS) {
            var value = at(convert(DAY, day.toEpochDay()));
            if (!samples.contains(value)) {
                samples.add(value);
            }
        }
        return List.copyOf(samples);
    }

    /// How many years, months or days the value is from the calendar's beginning.
    public long number(Object value) {
        return switch (this) {
            case YEAR -> ((Year) value).getValue();
            case MONTH -> months((YearMonth) value);
            case DAY -> ((LocalDate) value).toEpochDay();
        };
    }

    /// The value of a [#number].
    ///
    /// @throws DateTimeException beyond the calendar
    public Object at(long number) {
        return switch (this) {
            case YEAR -> Year.of(Math.toIntExact(number));
            case MONTH -> YearMonth.of(Math.toIntExact(Math.floorDiv(number, 12L)), Math.floorMod(number, 12) + 1);
            case DAY -> LocalDate.ofEpochDay(number);
        };
    }

    /// What contains the other type's value, or where it begins: in numbers of this type.
    public long convert(CalendarType from, long number) {
        var begin = switch (from) {
            case YEAR -> LocalDate.of(Math.toIntExact(number), 1, 1);
            case MONTH -> ((YearMonth) MONTH.at(number)).atDay(1);
            case DAY -> LocalDate.ofEpochDay(number);
        };
        return switch (this) {
            case YEAR -> begin.getYear();
            case MONTH -> months(YearMonth.from(begin));
            case DAY -> begin.toEpochDay();
        };
    }

    private static long months(YearMonth month) {
        return ChronoUnit.MONTHS.between(YearMonth.of(0, 1), month);
    }
}
