# Sourced by the scripts: what they need, how to get it, and the version.

# Fails with a clear message unless the .NET SDK that global.json asks for is there.
require_dotnet() {
  if ! command -v dotnet >/dev/null; then
    echo "The .NET SDK 10 is needed: install the package dotnet-sdk-10.0." >&2
    exit 1
  fi
  if ! dotnet --version >/dev/null 2>&1; then
    echo "The .NET SDK 10 is needed; found: $(dotnet --list-sdks | tr '\n' ' ')" >&2
    exit 1
  fi
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
}

# The version of Directory.Build.props, for scripts in the root of the tree.
get_version() { sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' Directory.Build.props; }

# Installs the Debian packages that are missing when run by root, else says which to install.
require_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" -ne 0 ]; then
    echo "Please install first: sudo apt-get install ${missing[*]}" >&2
    exit 1
  fi
  echo "Installing ${missing[*]}"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null 2>&1 \
    || { apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null; }
}
