package dev.confetti.gift;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * A database's URL as operators write it, in the form that the driver takes.
 *
 * @param url {@code jdbc:postgresql://…}
 */
record PostgresUrl(String url, String user, String password) {
    private static final String JDBC = "jdbc:postgresql://";

    /**
     * Reads JDBC's form, or libpq's {@code postgresql://user:password@host:port/database}.
     *
     * @param user where the URL names none; likewise the password
     * @throws IllegalArgumentException when it is neither; the message leaves passwords out
     */
    static PostgresUrl of(String key, String text, String user, String password) {
        if (text.startsWith(JDBC)) {
            return new PostgresUrl(text, user, password);
        }
        try {
            URI uri = new URI(text);
            String authority = uri.getRawAuthority();
            if (!String.valueOf(uri.getScheme()).matches("postgres(ql)?")
                    || authority == null
                    || uri.getPath().length() < 2) {
                throw new URISyntaxException(text, "no PostgreSQL URL");
            }
            int at = authority.lastIndexOf('@');
            String[] person = authority.substring(0, Math.max(at, 0)).split(":", 2);
            return new PostgresUrl(
                    JDBC
                            + authority.substring(at + 1)
                            + uri.getRawPath()
                            + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()),
                    at < 0 ? user : decoded(person[0]),
                    person.length < 2 ? password : decoded(person[1]));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    key
                            + " \""
                            + text.replaceAll("//[^/]*@", "//…@")
                            + "\": expected jdbc:postgresql://HOST:PORT/DATABASE or"
                            + " postgresql://USER:PASSWORD@HOST:PORT/DATABASE");
        }
    }

    private static String decoded(String text) {
        // A plus sign is a plus sign here: only %XX is an escape.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
