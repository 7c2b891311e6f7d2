package dev.baton.run.code;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// A class that code of a project needs and no function has.
///
/// @param name its internal name, `com/example/Csv`
/// @param referrer the internal name of the class that needs it
/// @param jar the file name of the jar, or folder, that has the referrer
public record MissingClass(String name, String referrer, String jar) {

    /// The file name of the jar or folder that a URL is about, `jar:file:/home/own/target/shop.jar!/` as well.
    public static String file(String url) {
        var end = url.indexOf("!/");
        var path = end < 0 ? url : url.substring(0, end);
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        // A plus sign is itself in a path.
        return URLDecoder.decode(path.substring(path.lastIndexOf('/') + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
