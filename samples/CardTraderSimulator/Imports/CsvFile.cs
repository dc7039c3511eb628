using System.Text;

namespace BrxSync.Simulator.Imports;

/// <summary>Reads CSV text: commas or semicolons, quotes where needed, a first line of column names or none.</summary>
internal static class CsvFile
{
    public static (List<IReadOnlyDictionary<string, string>> Rows, List<string> Lines) Read(string text, IReadOnlyList<string> columns)
    {
        var rows = new List<IReadOnlyDictionary<string, string>>();
        var lines = new List<string>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')))
        {
            var fields = Fields(line);
            if (lines.Count == 0 && rows.Count == 0 && IsHeader(fields, columns))
            {
                continue;
            }

            rows.Add(columns.Index().Where(column => column.Item != "_" && column.Index < fields.Count)
                .GroupBy(column => column.Item, StringComparer.Ordinal)
                .ToDictionary(column => column.Key, column => fields[column.First().Index].Trim(), StringComparer.Ordinal));
            lines.Add(line);
        }

        return (rows, lines);
    }

    private static bool IsHeader(List<string> fields, IReadOnlyList<string> columns) => fields.Count > 0 && columns.Index()
        .Where(column => column.Item != "_" && column.Index < fields.Count)
        .All(column => string.Equals(fields[column.Index].Trim(), column.Item, StringComparison.OrdinalIgnoreCase));

    private static List<string> Fields(string line)
    {
        var separator = line.Contains(';', StringComparison.Ordinal) && !line.Contains(',', StringComparison.Ordinal) ? ';' : ',';
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var letter = line[i];
            if (letter == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (letter == '"')
            {
                quoted = !quoted;
            }
            else if (letter == separator && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(letter);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
