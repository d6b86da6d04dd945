package dev.confetti.engines;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where one PostgreSQL database is, and as whom to go in. */
public record PostgresEndpoint(String jdbcUrl, String user, String password) {
    private static final String EXPECTED =
            "expected jdbc:postgresql://host[:port]/database[?user=…&password=…]"
                    + " or postgresql://user:password@host[:port]/database";

    /**
     * Reads a URL as people write them: JDBC's form or libpq's, user and password inside.
     *
     * @param user used when the URL names none
     * @param password used when the URL names none
     * @throws EngineException when the URL is neither
     */
    public static PostgresEndpoint parse(
            String url, @Nullable String user, @Nullable String password) {
        String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        if (!plain.startsWith("postgresql://") && !plain.startsWith("postgres://")) {
            throw new EngineException("PostgreSQL URL '" + hidden(url) + "': " + EXPECTED);
        }
        URI uri = uri(url, plain);
        String authority = uri.getRawAuthority();
        String database = uri.getPath();
        if (authority == null || database == null || database.length() < 2) {
            throw new EngineException("PostgreSQL URL '" + hidden(url) + "': " + EXPECTED);
        }
        String foundUser = user;
        String foundPassword = password;
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String[] userInfo = authority.substring(0, at).split(":", 2);
            foundUser = decoded(userInfo[0]);
            foundPassword = userInfo.length == 2 ? decoded(userInfo[1]) : foundPassword;
        }
        List<String> parameters = new ArrayList<>();
        String query = uri.getRawQuery();
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            if (parameter.startsWith("user=")) {
                foundUser = decoded(parameter.substring("user=".length()));
            } else if (parameter.startsWith("password=")) {
                foundPassword = decoded(parameter.substring("password=".length()));
            } else {
                parameters.add(parameter);
            }
        }
        String jdbcUrl =
                "jdbc:postgresql://"
                        + authority.substring(at + 1)
                        + uri.getRawPath()
                        + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
        return new PostgresEndpoint(
                jdbcUrl,
                foundUser == null ? "confetti" : foundUser,
                foundPassword == null ? "" : foundPassword);
    }

    /** A new connection; the caller closes it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return jdbcUrl + " as " + user;
    }

    private static URI uri(String url, String plain) {
        try {
            return new URI(plain);
        } catch (URISyntaxException e) {
            throw new EngineException("PostgreSQL URL '" + hidden(url) + "': " + EXPECTED, e);
        }
    }

    private static String decoded(String text) {
        // A plus sign is a plus sign here: only %XX is an escape.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String hidden(String url) {
        return url.replaceAll("(://[^:/@]*):[^@]*@", "$1:…@")
                .replaceAll("password=[^&]*", "password=…");
    }
}
