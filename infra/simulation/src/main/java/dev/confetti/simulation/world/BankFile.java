package dev.confetti.simulation.world;

import dev.confetti.simulation.model.BankTells;
import dev.confetti.simulation.model.BankTells.Booked;
import dev.confetti.simulation.model.BankTells.Booked.As;
import dev.confetti.simulation.model.BankTells.Rejected;
import dev.confetti.simulation.model.Command.TellBank;
import dev.confetti.simulation.model.Name;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A bank's message as its file: ISO 20022 pain.002.001.10 or camt.053.001.08. */
final class BankFile {
    private BankFile() {}

    /**
     * Writes it.
     *
     * @param endToEndId of a payout
     */
    static byte[] of(TellBank tell, Function<Name, String> endToEndId) {
        String lines =
                tell.lines().stream()
                        .map(line -> line(line, endToEndId))
                        .collect(Collectors.joining());
        String file =
                tell.isStatement()
                        ? statement(tell.reference(), lines)
                        : report(tell.reference(), lines);
        return file.getBytes(StandardCharsets.UTF_8);
    }

    private static String line(BankTells line, Function<Name, String> endToEndId) {
        return switch (line) {
            case Rejected(Name payout) ->
                    """
                    <TxInfAndSts><OrgnlEndToEndId>%s</OrgnlEndToEndId><TxSts>RJCT</TxSts>
                    <StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf></TxInfAndSts>
                    """
                            .formatted(endToEndId.apply(payout));
            case Booked booked -> entry(booked, endToEndId.apply(booked.payout()));
        };
    }

    private static String entry(Booked booked, String endToEndId) {
        String amount = BigDecimal.valueOf(booked.amountMinor(), 2).toPlainString();
        String why = booked.as() == As.RETURN ? "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>" : "";
        String undoes = booked.as() == As.REVERSAL ? "<RvslInd>true</RvslInd>" : "";
        return """
        <Ntry><Amt Ccy="USD">%s</Amt><CdtDbtInd>%s</CdtDbtInd>%s<Sts><Cd>BOOK</Cd></Sts>
        <BookgDt><Dt>%s</Dt></BookgDt><AcctSvcrRef>%s</AcctSvcrRef>
        <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
        <NtryDtls><TxDtls><Refs><EndToEndId>%s</EndToEndId></Refs><Amt Ccy="USD">%s</Amt>%s</TxDtls></NtryDtls></Ntry>
        """
                .formatted(
                        amount,
                        booked.back() ? "CRDT" : "DBIT",
                        undoes,
                        booked.bookingDate(),
                        booked.reference(),
                        endToEndId,
                        amount,
                        why);
    }

    private static String report(String id, String transfers) {
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
        <GrpHdr><MsgId>%s</MsgId><CreDtTm>2026-03-30T10:00:00Z</CreDtTm></GrpHdr>
        <OrgnlGrpInfAndSts><OrgnlMsgId>X</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts>
        <OrgnlPmtInfAndSts><OrgnlPmtInfId>X</OrgnlPmtInfId>%s</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>
        """
                .formatted(id, transfers);
    }

    private static String statement(String id, String entries) {
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
        <GrpHdr><MsgId>%s</MsgId><CreDtTm>2026-03-30T22:00:00Z</CreDtTm></GrpHdr>
        <Stmt><Id>%s</Id><CreDtTm>2026-03-30T22:00:00Z</CreDtTm><Acct><Id><IBAN>GB82WEST12345698765432</IBAN></Id></Acct>
        <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">1000000</Amt>
        <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-30</Dt></Dt></Bal>
        %s</Stmt></BkToCstmrStmt></Document>
        """
                .formatted(id, id, entries);
    }
}
