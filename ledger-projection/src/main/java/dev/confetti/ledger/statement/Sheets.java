package dev.confetti.ledger.statement;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.jspecify.annotations.Nullable;

/**
 * Pages of text in columns, from the top of one to the bottom of the last. The same content gives
 * the same bytes. The font is the one that comes with PDFBox; what the text uses of it is embedded,
 * so that a page looks the same everywhere, and no font of the system is looked for.
 */
final class Sheets implements AutoCloseable {
    /** Where a column is and to which side its text is set. */
    record Column(float x, boolean right) {
        static Column left(float x) {
            return new Column(x, false);
        }

        static Column right(float x) {
            return new Column(x, true);
        }
    }

    private static final String FONT =
            "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final float MARGIN = 48;
    private static final float LINE = 13;
    private static final float SIZE = 9;
    private static final float HEADING_SIZE = 12;
    private static final float FOOT_SIZE = 8;
    private static final float BOTTOM = MARGIN + 2 * LINE;

    private final PDDocument document = new PDDocument();
    private final PDFont font;
    private final String footer;
    private @Nullable PDPageContentStream content;
    private float y;

    /**
     * No page yet.
     *
     * @param footer at the foot of each page, before its number
     * @param year when the document says that it was made, as are month and day
     */
    Sheets(String title, String footer, int year, int month, int day) throws IOException {
        this.footer = footer;
        try (InputStream font = PDDocument.class.getResourceAsStream(FONT)) {
            if (font == null) {
                throw new IOException(FONT + ": expected it in the library of PDFBox");
            }
            this.font = PDType0Font.load(document, font);
        }
        PDDocumentInformation about = document.getDocumentInformation();
        about.setTitle(title);
        about.setProducer("Confetti");
        Calendar made = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        made.clear();
        made.set(year, month - 1, day);
        about.setCreationDate(made);
        // Otherwise the file is named by the clock.
        document.setDocumentId(1L);
    }

    void title(String text) throws IOException {
        write(Column.left(MARGIN), text, 16);
        y -= 2 * LINE;
    }

    void heading(String text) throws IOException {
        if (y < BOTTOM + 4 * LINE) {
            newPage();
        }
        y -= LINE;
        write(Column.left(MARGIN), text, HEADING_SIZE);
        y -= 1.4f * LINE;
    }

    void line(String text) throws IOException {
        write(Column.left(MARGIN), text, SIZE);
        y -= LINE;
    }

    /** The names of columns, also at the top of each page that the table goes on to. */
    void columns(Column[] columns, String... names) throws IOException {
        cells(columns, names);
        y -= 2;
    }

    void row(Column[] columns, String[] names, String... cells) throws IOException {
        if (y < BOTTOM) {
            newPage();
            columns(columns, names);
        }
        cells(columns, cells);
    }

    private void cells(Column[] columns, String... cells) throws IOException {
        for (int i = 0; i < cells.length; i++) {
            write(columns[i], cells[i], SIZE);
        }
        y -= LINE;
    }

    private void write(Column column, String text, float size) throws IOException {
        if (content == null || y < BOTTOM - LINE) {
            newPage();
        }
        text(require(content), column, y, text, size);
    }

    private static PDPageContentStream require(@Nullable PDPageContentStream content) {
        if (content == null) {
            throw new IllegalStateException("expected a page to write to");
        }
        return content;
    }

    private void text(PDPageContentStream to, Column column, float at, String text, float size)
            throws IOException {
        float width = column.right ? font.getStringWidth(text) / 1_000 * size : 0;
        to.beginText();
        to.setFont(font, size);
        to.newLineAtOffset(column.x - width, at);
        to.showText(text);
        to.endText();
    }

    private void newPage() throws IOException {
        if (content != null) {
            content.close();
        }
        PDPage page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        content = new PDPageContentStream(document, page);
        y = PDRectangle.A4.getHeight() - MARGIN - LINE;
    }

    /** Numbers the pages, and hands all over. */
    void finish(OutputStream out) throws IOException {
        if (content != null) {
            content.close();
        }
        int pages = document.getNumberOfPages();
        for (int i = 0; i < pages; i++) {
            try (PDPageContentStream foot =
                    new PDPageContentStream(
                            document,
                            document.getPage(i),
                            PDPageContentStream.AppendMode.APPEND,
                            true,
                            true)) {
                text(foot, Column.left(MARGIN), MARGIN, footer, FOOT_SIZE);
                text(
                        foot,
                        Column.right(PDRectangle.A4.getWidth() - MARGIN),
                        MARGIN,
                        "page " + (i + 1) + " of " + pages,
                        FOOT_SIZE);
            }
        }
        document.save(out);
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
