package dev.baton.task;

/// Input data that is not what a task can work with. It is never retried: the data has to be corrected first.
public final class DataInvalid extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final long line;
    private final long column;
    private final String problem;

    /// @param file the logical URI of the data
    /// @param line counted from 1; 0 where no place can be named
    /// @param column counted from 1; 0 where no column can be named
    /// @param problem what is wrong and what was expected instead
    public DataInvalid(String file, long line, long column, String problem) {
        super(place(file, line, column) + ": " + problem);
        this.file = file;
        this.line = line;
        this.column = column;
        this.problem = problem;
    }

    /// Data of which no place can be named.
    public DataInvalid(String file, String problem) {
        this(file, 0, 0, problem);
    }

    /// The logical URI of the data.
    public String file() {
        return file;
    }

    /// Counted from 1; 0 where no place can be named.
    public long line() {
        return line;
    }

    /// Counted from 1; 0 where no column can be named.
    public long column() {
        return column;
    }

    /// What is wrong, without its place.
    public String problem() {
        return problem;
    }

    private static String place(String file, long line, long column) {
        if (line <= 0) {
            return file;
        }
        return column <= 0 ? file + " line " + line : file + " line " + line + ", column " + column;
    }
}
