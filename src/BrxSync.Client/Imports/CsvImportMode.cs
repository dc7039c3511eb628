namespace BrxSync.Client.Imports;

/// <summary>Says what an import does with the stock that is there.</summary>
public enum CsvImportMode
{
    /// <summary>Adds the rows to the stock. Not repeatable: a second import adds them again.</summary>
    AddToStock = 0,

    /// <summary>Replaces the stock of the game. <b>Everything of that game that is not in the file is deleted.</b></summary>
    ReplaceStock = 1,
}
