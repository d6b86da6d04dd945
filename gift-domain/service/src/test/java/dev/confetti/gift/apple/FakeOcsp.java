package dev.confetti.gift.apple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Says whether certificates of a chain are revoked (RFC 6960), on a port of its own. */
final class FakeOcsp implements AutoCloseable {
    private final HttpServer server;
    private final Set<BigInteger> revoked = ConcurrentHashMap.newKeySet();
    private volatile Chain.@Nullable Authority authority;
    private volatile boolean down;

    FakeOcsp() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void answersFor(Chain chain) {
        authority = chain.authority();
    }

    void revoke(X509Certificate certificate) {
        revoked.add(certificate.getSerialNumber());
    }

    /** Whether every question is answered with an error of the server. */
    void down(boolean isDown) {
        down = isDown;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] asked = exchange.getRequestBody().readAllBytes();
            if (asked.length == 0) {
                String path = exchange.getRequestURI().getRawPath().substring(1);
                asked = Base64.getDecoder().decode(URLDecoder.decode(path, StandardCharsets.UTF_8));
            }
            Chain.Authority by = authority;
            if (down || by == null) {
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            byte[] answer = answered(new OCSPReq(asked), by);
            exchange.getResponseHeaders().set("Content-Type", "application/ocsp-response");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (OCSPException | OperatorCreationException e) {
            throw new IllegalStateException("no answer", e);
        }
    }

    private byte[] answered(OCSPReq request, Chain.Authority by)
            throws OCSPException, OperatorCreationException, IOException {
        Req first = request.getRequestList()[0];
        BigInteger serial = first.getCertID().getSerialNumber();
        boolean isIntermediate = serial.equals(by.intermediate().getSerialNumber());
        KeyPair keys = isIntermediate ? by.rootKeys() : by.intermediateKeys();
        String name = isIntermediate ? "CN=root" : "CN=intermediate";
        BasicOCSPRespBuilder answer =
                new BasicOCSPRespBuilder(new RespID(new X500Name(name)))
                        .addResponse(
                                first.getCertID(),
                                revoked.contains(serial)
                                        ? new RevokedStatus(
                                                Date.from(Instant.now()), CRLReason.keyCompromise)
                                        : CertificateStatus.GOOD,
                                Date.from(Instant.now()),
                                Date.from(Instant.now().plus(Duration.ofHours(1))),
                                null);
        return new OCSPRespBuilder()
                .build(
                        OCSPRespBuilder.SUCCESSFUL,
                        answer.build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(keys.getPrivate()),
                                new X509CertificateHolder[0],
                                Date.from(Instant.now())))
                .getEncoded();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
