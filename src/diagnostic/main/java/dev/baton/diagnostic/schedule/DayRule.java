package dev.baton.diagnostic.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;

/// The days that one of the two fields about days means.
@FunctionalInterface
interface DayRule {
    boolean holds(LocalDate day);

    /// `L`, `LW`, `15W` or numbers.
    static DayRule ofMonth(String text) {
        if (text.equals("L")) {
            return day -> day.getDayOfMonth() == day.lengthOfMonth();
        }
        if (text.equals("LW")) {
            return day -> day.equals(weekday(YearMonth.from(day), day.lengthOfMonth()));
        }
        if (text.matches("[0-9]+W")) {
            var number = CronField.DAY_OF_MONTH.number(text, text.substring(0, text.length() - 1));
            return day -> number <= day.lengthOfMonth() && day.equals(weekday(YearMonth.from(day), number));
        }
        var numbers = CronField.DAY_OF_MONTH.numbers(text);
        return day -> numbers.get(day.getDayOfMonth());
    }

    /// `L` (Saturday, the last of the week), `6L` (the last Friday of the month), `3#2` (its second Tuesday) or
    /// numbers.
    static DayRule ofWeek(String text) {
        if (text.equals("L")) {
            return day -> number(day) == CronField.DAY_OF_WEEK.most();
        }
        if (text.matches("[0-9A-Za-z]+L")) {
            var number = CronField.DAY_OF_WEEK.number(text, text.substring(0, text.length() - 1));
            return day -> number(day) == number && day.getDayOfMonth() > day.lengthOfMonth() - 7;
        }
        var nth = text.indexOf('#');
        if (nth > 0) {
            var number = CronField.DAY_OF_WEEK.number(text, text.substring(0, nth));
            var week = text.substring(nth + 1);
            if (!week.matches("[1-5]")) {
                throw CronField.DAY_OF_WEEK.refused(
                        text, "has \"" + week + "\" after #, which is not a number from 1 to 5");
            }
            var ordinal = Integer.parseInt(week);
            return day -> number(day) == number && (day.getDayOfMonth() + 6) / 7 == ordinal;
        }
        var numbers = CronField.DAY_OF_WEEK.numbers(text);
        return day -> numbers.get(number(day));
    }

    private static int number(LocalDate day) {
        return day.getDayOfWeek().getValue() % 7 + 1;
    }

    /// The weekday, Monday to Friday, that is nearest to a day and in its month.
    private static LocalDate weekday(YearMonth month, int number) {
        var day = month.atDay(number);
        if (day.getDayOfWeek() == DayOfWeek.SATURDAY) {
            return number == 1 ? day.plusDays(2) : day.minusDays(1);
        }
        if (day.getDayOfWeek() == DayOfWeek.SUNDAY) {
            return number == month.lengthOfMonth() ? day.minusDays(2) : day.plusDays(1);
        }
        return day;
    }
}
