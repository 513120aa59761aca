# Makes the packages of the module from what a build left in out/LogScalePaging: the zip, and the .nupkg of the PowerShell Gallery.
# Dot-sourced by build.ps1. Both packages hold the same files.

# The newest section of the changelog that is about this version, or else the unreleased one. The Gallery shows it as plain text.
function Get-ReleaseNote([string] $Changelog, [version] $Version) {
    $text = [System.IO.File]::ReadAllText($Changelog) -replace '\r'
    $heading = '(?m)^## \[{0}\].*$'
    $start = [regex]::Match($text, ($heading -f [regex]::Escape("$Version")))
    $unreleased = [regex]::Match($text, ($heading -f 'Unreleased'))
    if ($unreleased.Success -and ($start.Value -match '\bunreleased\b' -or -not $start.Success)) { $start = $unreleased }
    if (-not $start.Success) { throw "CHANGELOG.md has no section '## [$Version]'." }
    $body = $text.Substring($start.Index + $start.Length)
    $end = [regex]::Match($body, '(?m)^## ')
    if ($end.Success) { $body = $body.Substring(0, $end.Index) }
    $notes = $body.Trim() -replace '(?m)^### ' -replace '`'
    # The Gallery shows the whole text on the page of the module, and refuses more than 35,000 characters.
    $limit = 6000
    if ($notes.Length -gt $limit) {
        $end = [math]::Max($notes.LastIndexOf("`n- ", $limit), $notes.LastIndexOf("`n`n", $limit))
        $notes = $notes.Substring(0, $(if ($end -gt 0) { $end } else { $limit })) + "`n`nThe whole list is in CHANGELOG.md, which is part of the package."
    }
    # The text becomes a here-string.
    $notes -replace "(?m)^'@", " '@"
}

# The manifest of the package: also with the release notes and the list of files.
function Update-PackageManifest([string] $Folder, [string] $Notes) {
    $path = Join-Path $Folder LogScalePaging.psd1
    $text = [System.IO.File]::ReadAllText($path) -replace '\r'
    $files = Get-ChildItem $Folder -Recurse -File -Force | ForEach-Object { $_.FullName.Substring($Folder.Length + 1).Replace('\', '/') } | Sort-Object
    $list = ($files | ForEach-Object { "        '$_'" }) -join "`n"
    $changes = @(
        @{ Old = '(?m)^ *# \./build\.ps1 -Task Package replaces .*\n'; New = '' }
        @{ Old = "(?m)^( *ReleaseNotes = )'.*'$"; New = '$1' + "@'`n" + $Notes.Replace('$', '$$') + "`n'@" }
        @{ Old = '(?m)^(?= *PrivateData )'; New = "    FileList               = @(`n$list`n    )`n" }
    )
    foreach ($change in $changes) {
        if ([regex]::Matches($text, $change.Old).Count -ne 1) { throw "The manifest '$path' does not have one '$($change.Old)'." }
        $text = [regex]::Replace($text, $change.Old, $change.New)
    }
    # Windows PowerShell reads a file without a byte order mark as ANSI.
    [System.IO.File]::WriteAllText($path, $text, [System.Text.UTF8Encoding]::new($true))
}

# LogScalePaging/VERSION/, the layout of Install-Module. By hand, because Compress-Archive does not come with every PowerShell,
# and on Windows PowerShell both it and ZipFile.CreateFromDirectory write backslashes, which make no folders elsewhere.
function Compress-ModuleFolder([string] $Folder, [string] $Package, [version] $Version) {
    Add-Type -AssemblyName System.IO.Compression, System.IO.Compression.FileSystem
    Remove-Item $Package -ErrorAction Ignore
    $zip = [System.IO.Compression.ZipFile]::Open($Package, 'Create')
    try {
        foreach ($file in Get-ChildItem $Folder -Recurse -File -Force | Sort-Object FullName) {
            $name = $file.FullName.Substring($Folder.Length + 1).Replace('\', '/')
            $null = [System.IO.Compression.ZipFileExtensions]::CreateEntryFromFile($zip, $file.FullName, "LogScalePaging/$Version/$name")
        }
    }
    finally { $zip.Dispose() }
    Get-Item $Package
}

# Compress-PSResource checks the manifest and writes the metadata that the Gallery shows. It comes with PowerShell 7.5 and later.
function Compress-ModuleResource([string] $Folder, [string] $Package) {
    if (-not (Get-Command Compress-PSResource -ErrorAction Ignore)) {
        Write-Warning 'The .nupkg was not made. It needs PowerShell 7.5, or: Install-Module Microsoft.PowerShell.PSResourceGet -MinimumVersion 1.1.0'
        return
    }
    Remove-Item $Package -ErrorAction Ignore
    Compress-PSResource -Path $Folder -DestinationPath (Split-Path $Package)
    Get-Item $Package
}

function New-Package([string] $Module, [string] $Changelog, [string] $Destination) {
    if (-not (Test-Path (Join-Path $Module LogScalePaging.psd1))) {
        throw "There is no module in '$Module' yet: run ./build.ps1 first."
    }
    $version = (Test-ModuleManifest (Join-Path $Module LogScalePaging.psd1)).Version
    $work = Join-Path ([System.IO.Path]::GetTempPath()) "LogScalePaging-$([guid]::NewGuid().ToString('n'))"
    # The .nupkg is named after the folder.
    $folder = Join-Path $work LogScalePaging
    try {
        $null = New-Item $work, $Destination -ItemType Directory -Force
        Copy-Item $Module $folder -Recurse
        Copy-Item $Changelog $folder
        Update-PackageManifest $folder (Get-ReleaseNote $Changelog $version)
        Compress-ModuleFolder $folder (Join-Path $Destination "LogScalePaging.$version.zip") $version
        Compress-ModuleResource $folder (Join-Path $Destination "LogScalePaging.$version.nupkg")
    }
    finally { Remove-Item $work -Recurse -Force -ErrorAction Ignore }
}
